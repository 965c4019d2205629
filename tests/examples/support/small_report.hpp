// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/comparison_figure.hpp>
#include <support/report_model.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

/// A report of two accounts, three channels and two models, small enough to know by heart:
///
///                     first   linear
///     search         100.00    50.00
///     <b>podcast</b>           50.00
///     (nobody)        20.50    20.50
[[nodiscard]] inline examples::report_model small_report() {
    using date::sys_days;
    using namespace date::literals;
    auto const day = [](unsigned number) {
        return date::sys_seconds{sys_days{2024_y / 5 / static_cast<int>(number)}};
    };
    examples::report_model report{.program = "small",
                                  .version = "1.2.3",
                                  .title = "A small report",
                                  .question = "Who?",
                                  .words = {.channel = "channel",
                                            .channels = "channels",
                                            .conversion = "account",
                                            .conversions = "accounts",
                                            .touchpoint = "touchpoint",
                                            .touchpoints = "touchpoints",
                                            .amount = "revenue",
                                            .group = "sales segment"},
                                  .currency = "USD",
                                  .unit_decimals = 3};
    report.models = {{"first_touch", "first touch", "the first gets all.", "#009e73"},
                     {"linear", "linear", "all share evenly.", "#0072b2"}};
    report.chosen = 1;
    report.policy = {"Touchpoints of the last 30 days count."};
    report.compared = {"channel",
                       {{"search", true, {10'000, 5'000}},
                        {"<b>podcast</b>", true, {std::nullopt, 5'000}},
                        {"unattributed", false, {2'050, 2'050}}},
                       {12'050, 12'050}};
    report.by_channel = {{0, "", "search", true, 100'000},
                         {0, "", "(unattributed)", false, 20'500},
                         {1, "", "search", true, 50'000},
                         {1, "", "<b>podcast</b>", true, 50'000},
                         {1, "", "(unattributed)", false, 20'500}};
    report.by_group = {{0, "big", "search", true, 100'000},
                       {0, "small", "(unattributed)", false, 20'500},
                       {1, "big", "search", true, 50'000},
                       {1, "big", "<b>podcast</b>", true, 50'000},
                       {1, "small", "(unattributed)", false, 20'500}};
    report.proof = {{"first touch", "120.500", "100.000", "20.500"},
                    {"linear", "120.500", "100.000", "20.500"}};
    attribution::finding missing{.rule = "required(user)",
                                 .severity = attribution::severity::error,
                                 .text = "user is missing",
                                 .checked = 5,
                                 .count = 2,
                                 .rows = {3, 4}};
    report.found.add(missing);
    report.reasons = {{"touchpoints", {{"credited", 2}, {"before the window", 3}}}};
    report.paths = {{"ann",
                     "big",
                     day(20),
                     100'000,
                     "credited",
                     {{"click", "search", "ann@a.example", day(3), {100'000, 50'000}},
                      {"view", "<b>podcast</b>", "bob@a.example", day(9), {std::nullopt, 50'000}}}},
                    {"cleo", "small", day(21), 20'500, "no eligible touchpoint", {}}};
    using kind = examples::database_column::kind;
    report.pairs = {"account_touchpoints",
                    {{"account_id"}, {"channel_name"}, {"touchpoint_date", kind::time}},
                    {{"ann", "search", "2024-05-03T00:00:00Z"},
                     {"ann", "<b>podcast</b>", "2024-05-09T00:00:00Z"}}};
    report.unattributed = {
        "unattributed_accounts", {{"account_id"}, {"reason"}}, {{"cleo", std::nullopt}}};
    report.options = {{"lookback-days", "30"}};
    report.inputs = {{"users.csv", 1234, std::string(64, 'a')}};
    report.figures = {examples::comparison_figure(report, "channels_by_model", "By channel")};
    return report;
}
