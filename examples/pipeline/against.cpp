// SPDX-License-Identifier: BSL-1.0
#include <pipeline/against.hpp>

#include <support/parse.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pipeline {

namespace {

std::optional<std::string> key_of(std::optional<examples::csv_field> const& field) {
    return field->text.empty() ? std::nullopt : std::optional{std::string{field->text}};
}

}  // namespace

examples::earlier_run earlier_run_in(std::filesystem::path const& directory) {
    return {directory,
            {.program = "pipeline",
             .pairs = "opportunity_touchpoints.csv",
             .conversion_key = "account_id",
             .touchpoint_key = "account_id",
             .option = "--amounts exact"}};
}

earlier_records load_earlier(examples::earlier_run run, records const& data) {
    earlier_records all{std::move(run), {}};
    auto& then = all.data;
    then.decimals = data.decimals;
    then.input.nothing = data.input.nothing;
    all.run.touchpoints({{"touchpoint_id"},
                         {"touchpoint_type"},
                         {"channel_name"},
                         {"contact_id"},
                         {"account_id"},
                         {"touchpoint_date"}},
                        [&](examples::row_fields row) {
                            then.touchpoints.push_back({.id = std::string{row[0]->text},
                                                        .type = std::string{row[1]->text},
                                                        .channel = std::string{row[2]->text},
                                                        .contact = key_of(row[3]),
                                                        .account = key_of(row[4]),
                                                        .time = iso_time(*row[5], then.input)});
                        });
    examples::earlier_amounts amounts{data.decimals};
    all.run.conversions({{"opportunity_id"},
                         {"account_id"},
                         {"pipeline_amount"},
                         {"opportunity_created_date"},
                         {"sales_segment"}},
                        [&](examples::row_fields row) {
                            then.opportunities.push_back({.id = std::string{row[0]->text},
                                                          .account = key_of(row[1]),
                                                          .amount = amounts(*row[2]),
                                                          .amount_text = std::string{row[2]->text},
                                                          .created = iso_time(*row[3], then.input),
                                                          .segment = std::string{row[4]->text}});
                        });
    all.run.check_values(amounts.values());
    return all;
}

examples::compared_records compared(records const& own) {
    auto const id = [&](std::string const& text) {
        return examples::means_nothing(text, own.input.nothing) ? std::string_view{} : text;
    };
    examples::compared_records all;
    for (auto const& one : own.touchpoints)
        all.touchpoints.push_back(
            {.id = id(one.id),
             .customer = one.account,
             .person = one.contact ? std::string_view{*one.contact} : std::string_view{},
             .channel = one.channel,
             .kind = one.type,
             .at = one.time});
    for (auto const& one : own.opportunities)
        all.conversions.push_back(
            {.id = id(one.id), .customer = one.account, .at = one.created, .value = one.amount});
    return all;
}

}  // namespace pipeline
