// SPDX-License-Identifier: BSL-1.0
#include "against.hpp"

#include "load.hpp"

#include <support/parse.hpp>
#include <support/restated.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace att = attribution;

namespace own_files {

namespace {

constexpr std::string_view currency_line = "# currency: ";

std::string currency_of(examples::earlier_run const& run) {
    std::ifstream file{run.directory() / "attribution.toml"};
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(currency_line))
            return line.substr(currency_line.size());
    return {};
}

void check_currency(examples::earlier_run const& run, records const& data) {
    auto const then = currency_of(run);
    if (then == data.currency)
        return;
    auto const named = [](std::string const& currency) {
        return currency.empty() ? std::string{"one that it does not say"} : currency;
    };
    refuse("--against",
           fmt::format("the amounts of {} are in {}, those of this run in {}, and such amounts are "
                       "never added: choose the same with --currency",
                       run.directory().string(), named(then), named(data.currency)));
}

std::string text_of(std::optional<examples::csv_field> const& field) {
    return field ? std::string{field->text} : std::string{};
}
std::optional<std::string> key_of(std::optional<examples::csv_field> const& field) {
    return field && !field->text.empty() ? std::optional{std::string{field->text}} : std::nullopt;
}

/// The id of a conversion; nothing where its table had none, and it is called by its row.
std::string_view own_id(sale const& one, std::vector<std::string> const& nothing) {
    std::string_view const id = one.id, row = "row ";
    bool const made_up = id.starts_with(row) && whole_number(id.substr(row.size())).has_value();
    return made_up || examples::means_nothing(id, nothing) ? std::string_view{} : id;
}

/// The records as they are compared with those of `other`.
examples::compared_records compared(records const& own, records const& other,
                                    std::vector<std::string> const& nothing) {
    examples::compared_records all;
    bool const kinds = own.kinds && other.kinds;
    bool const traits = !own.trait_column.empty() && own.trait_column == other.trait_column;
    for (auto const& one : own.touches)
        all.touchpoints.push_back(
            {.id = examples::means_nothing(one.id, nothing) ? std::string_view{} : one.id,
             .customer = one.key.view(),
             .person = one.person.view().value_or(std::string_view{}),
             .channel = one.channel,
             .kind = kinds ? one.kind.view() : std::string_view{},
             .trait = traits ? one.trait.view() : std::string_view{},
             .at = one.at});
    for (auto const& one : own.sales)
        all.conversions.push_back(
            {.id = own_id(one, nothing), .customer = one.key, .at = one.at, .value = one.amount});
    return all;
}

}  // namespace

earlier_records load_earlier(settings const& asked, records const& data) {
    earlier_records all{examples::earlier_run{asked.common.against,
                                              {.program = "attribution",
                                               .pairs = "conversion_touchpoints.csv",
                                               .conversion_key = "key",
                                               .touchpoint_key = "key",
                                               .option = {}}},
                        {}};
    auto const& run = all.run;
    auto& then = all.data;
    check_currency(run, data);
    auto how = asked.common.input;
    then.decimals = data.decimals;
    then.kinds = run.has("audit.csv", "kind");
    if (run.has("audit.csv", trait_title(data.trait_column)))
        then.trait_column = data.trait_column;
    run.touchpoints({{"touchpoint_id", false},
                     {"key"},
                     {"person", false},
                     {"channel_name"},
                     {"kind", false},
                     {trait_title(data.trait_column), false},
                     {"touchpoint_time"}},
                    [&](examples::row_fields row) {
                        auto const kept = [&](auto const& field) {
                            return field ? then.texts->keep(field->text) : examples::kept_text{};
                        };
                        auto const kept_key = [&](auto const& field) {
                            auto const text = kept(field);
                            return text.empty() ? examples::maybe_text{} : text;
                        };
                        auto const key = kept_key(row[1]);
                        then.touches.push_back({.id = kept(row[0]),
                                                .person = row[2] ? kept_key(row[2]) : key,
                                                .key = key,
                                                .channel = kept(row[3]),
                                                .kind = kept(row[4]),
                                                .trait = kept(row[5]),
                                                .at = iso_time(*row[6], how)});
                    });
    examples::earlier_amounts amounts{data.decimals};
    auto const add_sale = [&](examples::row_fields row) {
        then.sales.push_back({.id = text_of(row[0]),
                              .key = key_of(row[1]),
                              .amount = amounts(*row[2]),
                              .segment = text_of(row[4]),
                              .at = iso_time(*row[3], how)});
    };
    run.conversions(
        {{"conversion_id"}, {"key"}, {"value"}, {"conversion_time"}, {"segment", false}}, add_sale);
    run.rows("refunds.csv",
             {{"conversion_id"}, {"key"}, {"value"}, {"refund_time"}, {"segment", false}},
             add_sale);
    run.check_values(amounts.values());
    part_refunds(then, asked, run.directory().string());
    return all;
}

void describe_restatement(examples::report_model& report, earlier_records& earlier,
                          records const& data, settings const& asked, model_list const& models,
                          std::vector<ledger_type> const& credits) {
    auto& then = earlier.data;
    auto const& nothing = asked.common.input.nothing;
    examples::run_comparison comparison{compared(then, data, nothing),
                                        compared(data, then, nothing)};
    auto const& now = comparison.touchpoints_now();
    for (std::size_t row = 0; row < now.size(); ++row) {
        if (now[row] == att::no_row)
            continue;
        if (!then.kinds)
            then.touches[row].kind = data.touches[now[row]].kind;
        if (then.trait_column.empty())
            then.touches[row].trait = data.touches[now[row]].trait;
    }
    auto const journeys = att::join(conversions_of(then.sales), touchpoints_of(then.touches));
    auto const policy = policy_of(asked);
    auto const by_rules = examples::models_then(models, models_of(asked, journeys, policy).models);
    auto const between = credits_of(journeys, by_rules, policy, then.refunds);
    examples::describe_restatement(report, std::move(comparison), between, credits, earlier.run);
}

std::string currency_note(records const& data) {
    return data.currency.empty() ? std::string{}
                                 : fmt::format("{}{}\n", currency_line, data.currency);
}

std::string trait_title(std::string const& column) {
    return "last_non_" + column;
}

}  // namespace own_files
