// SPDX-License-Identifier: BSL-1.0
#include "rows.hpp"

#include <support/names.hpp>
#include <support/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace own_files {

namespace {

using examples::csv_field;

column_role const touch_key{"key",
                            "--key",
                            {"user_id", "user_pseudo_id", "customer_id", "customer", "visitor_id",
                             "client_id", "user", "person_id", "contact_id", "account_id", "email"},
                            {"user_id", "customer_id", "contact_id"}};
column_role const sale_key{"key", "--conversion-key", touch_key.usual, touch_key.endings};
column_role const touch_time{"time",
                             "--time",
                             {"ts", "timestamp", "time", "event_time", "datetime", "date",
                              "created_at", "occurred_at", "at"},
                             {"_time", "_at", "_date", "timestamp"}};
column_role const sale_time{"time", "--conversion-time", touch_time.usual, touch_time.endings};
column_role const channel_role{"channel",
                               "--channel",
                               {"channel", "channel_name", "utm_source", "source", "traffic_source",
                                "medium", "campaign", "platform"},
                               {"channel", "channel_name", "source"}};
column_role const touch_id{
    "id", "--id", {"touchpoint_id", "touch_id", "event_id", "click_id", "id"}, {}, false};
column_role const kind_role{"kind", "--kind", {}, {}, false};
column_role const trait_role{"trait", "--last-non"};
column_role const value_role{"value",
                             "--value",
                             {"revenue", "value", "amount", "price", "total", "order_value",
                              "conversion_value", "gross", "net"},
                             {"revenue", "_value", "_amount", "_price", "_total"},
                             false};
column_role const sale_id{"id",
                          "--order-id",
                          {"order_id", "conversion_id", "transaction_id", "opportunity_id", "id"},
                          {},
                          false};
column_role const segment_role{"segment", "--segment", {}, {}, false};
column_role const currency_role{
    "currency", "--currency", {"currency", "currency_code"}, {"currency", "currency_code"}, false};

/// What stands in a place of the row, or nothing where the table has no such column.
std::string_view view_in(fields row, std::optional<std::size_t> place) {
    return place ? row[*place].text : std::string_view{};
}
std::string text_in(fields row, std::optional<std::size_t> place) {
    return std::string{view_in(row, place)};
}

/// Only a column that was named: it is not guessed.
std::optional<std::size_t> if_named(column_finder& columns, column_role const& role,
                                    std::string const& names) {
    return names.empty() ? std::nullopt : columns.find(role, names);
}

}  // namespace

std::vector<std::string_view> const& usual_keys() {
    return touch_key.usual;
}

void touch_columns::find(column_finder& columns, settings const& asked) {
    auto const& names = asked.columns;
    whose = columns.find(touch_key, names.key);
    when = columns.find(touch_time, names.time);
    channel = columns.find(channel_role, names.channel);
    if (asked.needs.ids)
        id = columns.find(touch_id, names.id);
    else
        columns.check(touch_id, names.id);
    if (asked.needs.kinds)
        kind = if_named(columns, kind_role, names.kind);
    else
        columns.check(kind_role, names.kind);
    if (asked.last_non)
        trait = columns.find(trait_role, asked.last_non->first);
}

touch touch_columns::read(fields row, examples::maybe_text person, records& all) const {
    return {.id = all.texts->keep(view_in(row, id)),
            .person = person,
            .key = person,
            .channel = all.names->keep(view_in(row, channel)),
            .kind = all.names->keep(view_in(row, kind)),
            .trait = all.texts->keep(view_in(row, trait)),
            .at = {}};
}

void sale_columns::find(column_finder& columns, settings const& asked) {
    auto const& names = asked.columns;
    whose = columns.find(sale_key, names.conversion_key.empty() ? names.key : names.conversion_key);
    when =
        columns.find(sale_time, names.conversion_time.empty() ? names.time : names.conversion_time);
    value = columns.find(value_role, names.value);
    if (asked.needs.ids || !names.order_id.empty())
        id = columns.find(sale_id, names.order_id);
    segment = if_named(columns, segment_role, names.segment);
    // Amounts of several currencies are not added because nobody named the column.
    if (value || !names.currency.empty())
        currency = columns.find(currency_role, names.currency);
    if (currency)
        currency_column = columns.chosen()[*currency];
}

sale sale_columns::read(fields row, settings const& asked, std::size_t number) const {
    return {.id = id                ? text_in(row, id)
                  : asked.needs.ids ? fmt::format("row {}", number)
                                    : std::string{},
            .key = key(row[*whose], asked.common.input),
            .amount = {},
            .segment = text_in(row, segment),
            .at = {}};
}

csv_field sale_columns::amount(fields row) const {
    return value ? row[*value] : csv_field{"1", {row[*when].where.file, 0, "value"}};
}

std::string sale_columns::currency_of(fields row) const {
    return std::string{examples::trimmed(text_in(row, currency))};
}

std::string const& sale_time_format(settings const& asked) {
    return asked.conversion_time_format == "auto" ? asked.time_format
                                                  : asked.conversion_time_format;
}

std::string with_decimal_point(csv_field const& field, settings const& asked) {
    auto text = std::string{field.text};
    if (!asked.decimal_comma) {
        auto const mark = text.find_last_of(",.");
        if (mark != text.npos && text[mark] == ',' &&
            text.find_first_not_of("0123456789.,+-") == text.npos)
            throw examples::input_error{
                field.where,
                fmt::format(
                    "{} is not a decimal number, write it like -1234.5: with a point before "
                    "the decimals, and nothing between thousands, or say --decimal comma, "
                    "which reads -1.234,5",
                    examples::in_quotes(text))};
        return text;
    }
    auto const comma = std::min(text.find(','), text.size());
    auto const groups_of_three = [&] {
        auto const whole = std::string_view{text}.substr(0, comma);
        for (auto at = whole.find('.'); at != whole.npos; at = whole.find('.', at + 1))
            if ((whole.size() - at) % 4 != 0)
                return false;
        return text.find('.', comma) == text.npos;
    };
    if (!groups_of_three())
        throw examples::input_error{field.where,
                                    examples::in_quotes(field.text) +
                                        " is not a number with a comma before the decimals, "
                                        "write it like 1.234,56"};
    std::erase(text, '.');
    std::ranges::replace(text, ',', '.');
    return text;
}

void thousands_doubt::add(std::string_view value) {
    auto const mark = value.find_first_of(".,");
    if (known_ || mark == value.npos)
        return;
    auto const whole = value.substr(0, mark).substr(value.find_first_not_of("+-") == 1 ? 1 : 0);
    auto const groups = !whole.empty() && whole.size() <= 3 && whole.front() != '0' &&
                        value.size() - mark == 4 &&
                        value.find_first_of(".,", mark + 1) == value.npos;
    (groups ? in_doubt_ : known_) = true;
}

void trait_search::add(std::string_view value, settings const& asked) {
    constexpr std::size_t most = 20;
    if (found_)
        return;
    found_ = value == asked.last_non->second;
    if (!found_ && others_.size() < most && others_.find(value) == others_.end())
        others_.emplace(value);
}

void trait_search::check(settings const& asked) const {
    if (found_ || others_.empty())
        return;
    std::vector<std::string> const known(others_.begin(), others_.end());
    auto const& [column, value] = *asked.last_non;
    auto const near = examples::nearest(value, known);
    throw CLI::ValidationError{
        "--last-non",
        fmt::format("no touchpoint has the {} {}{}; there are {}", column,
                    examples::in_quotes(value),
                    near ? fmt::format(", perhaps {} is meant", *near) : std::string{},
                    fmt::join(known, ", "))};
}

void note_time(examples::reading& input, examples::written_time const& time,
               std::string const& file, settings const& asked) {
    ++input.times;
    if (!time.in_utc && asked.time_zone == "UTC" && input.times_without_zone++ == 0)
        input.first_without_zone = file;
    if (time.cut && input.times_cut++ == 0)
        input.first_cut = file;
}

std::string times_note(examples::time_column const& column, bool end_of_day) {
    if (column.size() == 0)
        return {};
    return fmt::format("; times are {}{}", column.format().title(),
                       !column.whole_days() ? ""
                       : end_of_day         ? ", days without a time: their end counts"
                                            : ", days without a time: their beginning counts");
}

std::string value_note(sale_columns const& columns) {
    return columns.value ? "" : "; every conversion counts 1, for there is no --value";
}

std::optional<std::string> chosen_currency(settings const& asked, std::string const& column,
                                           std::map<std::string, std::size_t> const& conversions) {
    std::string list;
    for (auto const& [name, count] : conversions)
        list +=
            fmt::format("{}{} ({})", list.empty() ? "" : ", ", name.empty() ? "''" : name, count);
    if (asked.currency && !conversions.contains(*asked.currency))
        throw CLI::ValidationError{
            "--currency", fmt::format("no conversion is in {}{}",
                                      asked.currency->empty() ? "''" : *asked.currency,
                                      list.empty() ? list : ", there are conversions in " + list)};
    if (column.empty())
        return std::nullopt;
    if (!asked.currency && conversions.size() > 1)
        throw CLI::ValidationError{
            "--currency",
            fmt::format("there are conversions in {}, which do not add up: say which, "
                        "as in --currency {}={}",
                        list, column, conversions.rbegin()->first)};
    return asked.currency        ? asked.currency
           : conversions.empty() ? std::string{}
                                 : conversions.begin()->first;
}

void check_excluded(settings const& asked, std::set<std::string> const& channels) {
    std::vector<std::string> const known(channels.begin(), channels.end());
    for (auto const& name : asked.excluded)
        if (!channels.contains(name) && !known.empty()) {
            auto const near = examples::nearest(name, known);
            throw CLI::ValidationError{
                "--exclude-channels",
                fmt::format(
                    "no touchpoint has the channel {}{}; there are {}", examples::in_quotes(name),
                    near ? fmt::format(", perhaps {} is meant", *near) : std::string{},
                    fmt::join(known.begin(),
                              known.begin() + std::min<std::ptrdiff_t>(20, std::ssize(known)),
                              ", "))};
        }
}

}  // namespace own_files
