// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <optional>
#include <string>

/// A report that attributes nothing: two sections, every kind of column and of figure.
[[nodiscard]] inline examples::report_model own_report() {
    using kind = examples::column_kind;
    examples::report_model report{.program = "own",
                                  .version = "1.2.3",
                                  .title = "Customers",
                                  .question = "Who comes back?",
                                  .currency = "BRL"};
    report.sections = {"Value", "Retention <1>"};
    report.policy = {"Delivered orders only."};
    report.key_figures = {{"Customers", "93,358", "of 96,478 orders", ""},
                          {"Repeat rate", "3.0 %", "", "Retention <1>"}};
    report.tables = {
        {.name = "by_value",
         .title = "Customers by value",
         .note = "Thresholds are quintiles.",
         .section = "Value",
         .columns = {{"segment", kind::text, "Segment"},
                     {"customers", kind::integer},
                     {"revenue", kind::amount, "Revenue (BRL)"},
                     {"share", kind::decimal},
                     {"first_day", kind::date},
                     {"last_at", kind::time}},
         .rows = {{"High, <most>", "1018", "-411234.50", "20.0001", "2018-01-02",
                   "2018-01-02T03:04:05Z"},
                  {"Low", "12", std::nullopt, std::nullopt, std::nullopt, std::nullopt}}},
        {.name = "customers",
         .columns = {{"id"}},
         .rows = {{"a"}, {std::nullopt}},
         .on_page = false}};
    report.figures = {
        examples::line_figure{.name = "revenue_by_month",
                              .title = "Revenue by month",
                              .section = "Value",
                              .across = {"Month"},
                              .value = {"Revenue", "BRL", 2},
                              .categories = {"2018-01", "2018-02", "2018-03", "2018-04"},
                              .series = {{"all", "#0072b2", {10'050, 20'000, std::nullopt, 5}},
                                         {"new", "#d55e00", {-50, 0, 0, 0}}}},
        examples::line_figure{.name = "score_by_days",
                              .title = "Score by delivery days",
                              .section = "Retention <1>",
                              .across = {"Delivery", "days"},
                              .value = {"Mean score", "", 2},
                              .at = {0, 7, 45},
                              .series = {{"", "#0072b2", {450, 420, 210}}},
                              .from_zero = false},
        examples::box_figure{.name = "family_size",
                             .title = "Family size",
                             .section = "Retention <1>",
                             .across = {"Visa"},
                             .value = {"Applicants"},
                             .boxes = {examples::box_of("Work", {1, 1, 2, 2, 2, 3, 3, 4, 40}),
                                       examples::box_of("Study", {1})},
                             .colour = "#009e73"}};
    return report;
}
