// SPDX-License-Identifier: BSL-1.0
#include "load.hpp"

#include "columns.hpp"

#include <support/csv.hpp>
#include <support/input_table.hpp>
#include <support/names.hpp>
#include <support/parse.hpp>
#include <support/time_format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace own_files {

namespace {

using examples::csv_field;
using fields = std::span<csv_field const>;

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
column_role const currency_role{"currency", "--currency", {}, {}, false};

/// What stands in a place of the row, or nothing where the table has no such column.
std::string text_in(fields row, std::optional<std::size_t> place) {
    return place ? std::string{row[*place].text} : std::string{};
}

/// Only a column that was named: it is not guessed.
std::optional<std::size_t> if_named(column_finder& columns, column_role const& role,
                                    std::string const& names) {
    return names.empty() ? std::nullopt : columns.find(role, names);
}

/// Reads the tables of a run one after the other.
class loader {
  public:
    explicit loader(settings const& asked) : asked_{asked}, clock_{asked.time_zone} {
        all_.input = asked.common.input;
    }

    records load() {
        if (!asked_.bridge.empty())
            load_bridge();
        for (auto const& source : asked_.touchpoints)
            load_touches(source);
        for (auto const& source : asked_.conversions)
            load_sales(source);
        all_.decimals = book_.decimals();
        for (auto& [sale, place] : sales_)
            std::tie(sale.amount, sale.rounded) = book_.amount(place, all_.decimals);
        choose_currency();
        part_refunds(all_, asked_, "refunds");
        check_excluded();
        return std::move(all_);
    }

  private:
    struct read_sale {
        sale what;
        std::size_t place;  // in the book of amounts
    };

    /// Reads a table, and notes what it was. `find` chooses columns, `visit` takes rows.
    void read(
        std::string const& source, std::function<void(column_finder&)> const& find,
        std::function<void(fields)> const& visit,
        std::function<std::string()> const& more = [] { return std::string{}; }) {
        examples::input_table const table{source};
        std::string said;
        table.read(
            [&](std::vector<std::string> const& header) {
                column_finder columns{table.name(), header};
                find(columns);
                said = columns.text();
                return columns.chosen();
            },
            visit, all_.input);
        auto const files = table.files();
        all_.inputs.insert(all_.inputs.end(), files.begin(), files.end());
        all_.notes.push_back(said + more());
    }

    /// The instants of a column that was read.
    template <class Record>
    void take_times(examples::time_column const& column, bool end_of_day, std::string const& name,
                    std::span<Record> into) {
        auto const& times = column.times();
        for (std::size_t i = 0; i < times.size(); ++i) {
            into[i].at = clock_.at(times[i], end_of_day);
            ++all_.input.times;
            if (!times[i].in_utc && clock_.name() == "UTC" && all_.input.times_without_zone++ == 0)
                all_.input.first_without_zone = name;
            if (times[i].cut && all_.input.times_cut++ == 0)
                all_.input.first_cut = name;
        }
    }

    std::string about_times(examples::time_column const& column, bool end_of_day) const {
        auto const& times = column.times();
        if (times.empty())
            return {};
        auto const days = std::ranges::all_of(times, &examples::written_time::whole_day);
        return fmt::format("; times are {}{}", column.format().title(),
                           !days        ? ""
                           : end_of_day ? ", days without a time: their end counts"
                                        : ", days without a time: their beginning counts");
    }

    void load_bridge() {
        std::string from, to;
        auto const& names = asked_.columns.bridge;
        if (!names.empty()) {
            auto const words = examples::words_in(names);
            if (words.size() != 2)
                throw CLI::ValidationError{"--bridge-columns",
                                           "needs two columns, as in contact_id,account_id"};
            from = words[0];
            to = words[1];
        } else {
            from = asked_.columns.key;
            to = asked_.columns.conversion_key;
        }
        std::optional<std::size_t> from_place, to_place;
        read(
            asked_.bridge,
            [&](column_finder& columns) {
                from_place =
                    columns.find({"touchpoints' key", "--bridge-columns", touch_key.usual}, from);
                to_place =
                    columns.find({"conversions' key",
                                  "--bridge-columns",
                                  {"account_id", "company_id", "household_id", "customer_id"}},
                                 to);
                if (columns.chosen()[*from_place] == columns.chosen()[*to_place])
                    throw examples::input_error{
                        {asked_.bridge},
                        "leads from a column to itself: say --bridge-columns "
                        "FROM,TO"};
            },
            [&](fields row) {
                auto const person = key(row[*from_place], all_.input);
                if (!person)
                    return;
                bridge_.emplace(*person, key(row[*to_place], all_.input));
                all_.bridge_people.push_back(*person);
            });
        all_.bridged = true;
    }

    void load_touches(std::string const& source) {
        std::optional<std::size_t> whose, when, channel, id, kind, trait;
        examples::time_column times{asked_.time_format};
        auto const first = all_.touches.size();
        auto const& names = asked_.columns;
        std::string name;
        read(
            source,
            [&](column_finder& columns) {
                whose = columns.find(touch_key, names.key);
                when = columns.find(touch_time, names.time);
                channel = columns.find(channel_role, names.channel);
                id = columns.find(touch_id, names.id);
                kind = if_named(columns, kind_role, names.kind);
                if (asked_.last_non) {
                    trait = columns.find(trait_role, asked_.last_non->first);
                    all_.trait_column = asked_.last_non->first;
                }
            },
            [&](fields row) {
                auto const person = key(row[*whose], all_.input);
                times.add(row[*when]);
                all_.touches.push_back({.id = text_in(row, id),
                                        .person = person,
                                        .key = account_of(person),
                                        .channel = text_in(row, channel),
                                        .kind = text_in(row, kind),
                                        .trait = text_in(row, trait),
                                        .at = {}});
                name = row[*when].where.file;
            },
            [&] { return about_times(times, false); });
        take_times(times, false, name, std::span{all_.touches}.subspan(first));
        all_.kinds = all_.kinds || kind;
        all_.touch_ids = all_.touch_ids || id;
    }

    std::optional<std::string> account_of(std::optional<std::string> const& person) const {
        if (!all_.bridged || !person)
            return person;
        auto const known = bridge_.find(*person);
        return known == bridge_.end() ? std::nullopt : known->second;
    }

    void load_sales(std::string const& source) {
        std::optional<std::size_t> whose, when, value, id, segment, currency;
        auto const& names = asked_.columns;
        auto const& format = asked_.conversion_time_format;
        examples::time_column times{format == "auto" ? asked_.time_format : format};
        auto const first = sales_.size();
        std::string name;
        read(
            source,
            [&](column_finder& columns) {
                whose = columns.find(sale_key, names.conversion_key.empty() ? names.key
                                                                            : names.conversion_key);
                when = columns.find(
                    sale_time, names.conversion_time.empty() ? names.time : names.conversion_time);
                value = columns.find(value_role, names.value);
                id = columns.find(sale_id, names.order_id);
                segment = if_named(columns, segment_role, names.segment);
                currency = if_named(columns, currency_role, names.currency);
            },
            [&](fields row) {
                times.add(row[*when]);
                auto const amount =
                    value ? row[*value] : csv_field{"1", {row[*when].where.file, 0, "value"}};
                currencies_.push_back(std::string{examples::trimmed(text_in(row, currency))});
                auto const in_book = add_amount(amount);
                sales_.push_back(
                    {{.id = id ? text_in(row, id) : fmt::format("row {}", sales_.size() + 1),
                      .key = key(row[*whose], all_.input),
                      .amount = {},
                      .amount_text = std::string{amount.text},
                      .segment = text_in(row, segment),
                      .at = {}},
                     in_book});
                name = row[*when].where.file;
            },
            [&] {
                return about_times(times, true) +
                       (value ? "" : "; every conversion counts 1, for there is no --value");
            });
        auto const& written = times.times();
        std::vector<sale> timed(written.size());
        take_times(times, true, name, std::span{timed});
        for (std::size_t i = 0; i < timed.size(); ++i)
            sales_[first + i].what.at = timed[i].at;
        all_.sale_ids = all_.sale_ids || id;
        all_.segments = all_.segments || segment;
    }

    /// 1.234,56 with --decimal comma.
    std::size_t add_amount(csv_field const& field) {
        if (!asked_.decimal_comma)
            return book_.add(field);
        auto text = std::string{field.text};
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
        return book_.add({text, field.where});
    }

    /// Conversions of one currency: of several, which one must be said.
    void choose_currency() {
        std::map<std::string, std::size_t> counts;
        for (auto const& one : currencies_)
            ++counts[one];
        auto chosen = asked_.currency;
        if (!asked_.columns.currency.empty() && !chosen && counts.size() > 1) {
            std::string list;
            for (auto const& [name, count] : counts)
                list += fmt::format("{}{} ({})", list.empty() ? "" : ", ",
                                    name.empty() ? "''" : name, count);
            throw CLI::ValidationError{
                "--currency",
                fmt::format("there are conversions in {}, which do not add up: say which, as in "
                            "--currency {}={}",
                            list, asked_.columns.currency, counts.rbegin()->first)};
        }
        if (!chosen && counts.size() == 1)
            chosen = counts.begin()->first;
        if (asked_.currency && !counts.contains(*asked_.currency))
            throw CLI::ValidationError{"--currency",
                                       fmt::format("no conversion is in {}", *asked_.currency)};
        all_.currency = asked_.columns.currency.empty() ? "" : chosen.value_or("");
        for (std::size_t i = 0; i < sales_.size(); ++i) {
            if (!asked_.columns.currency.empty() && currencies_[i] != *chosen) {
                ++all_.other_currencies;
                continue;
            }
            all_.sales.push_back(std::move(sales_[i].what));
        }
    }

    void check_excluded() const {
        if (asked_.excluded.empty())
            return;
        std::set<std::string> channels;
        for (auto const& one : all_.touches)
            channels.insert(one.channel);
        std::vector<std::string> const known(channels.begin(), channels.end());
        for (auto const& name : asked_.excluded)
            if (!channels.contains(name) && !known.empty()) {
                auto const near = examples::nearest(name, known);
                throw CLI::ValidationError{
                    "--exclude-channels",
                    fmt::format(
                        "no touchpoint has the channel {}{}; there are {}",
                        examples::in_quotes(name),
                        near ? fmt::format(", perhaps {} is meant", *near) : std::string{},
                        fmt::join(known.begin(),
                                  known.begin() + std::min<std::ptrdiff_t>(20, std::ssize(known)),
                                  ", "))};
            }
    }

    settings const& asked_;
    examples::wall_clock clock_;
    records all_;
    std::unordered_map<std::string, std::optional<std::string>> bridge_;
    std::vector<read_sale> sales_;
    std::vector<std::string> currencies_;
    examples::amount_book book_;
};

}  // namespace

records load(settings const& asked) {
    return loader{asked}.load();
}

void part_refunds(records& all, settings const& asked, std::string const& source) {
    if (asked.columns.order_id.empty())
        return;
    auto const gives_back = [](sale const& one) { return one.amount < examples::exact_amount{}; };
    std::unordered_map<std::string, std::size_t> sold;
    for (auto const& one : all.sales)
        if (!gives_back(one))
            ++sold[one.id];
    auto const is_refund = [&](sale const& one) {
        if (!gives_back(one) || examples::means_nothing(one.id, asked.common.input.nothing))
            return false;
        auto const found = sold.find(one.id);
        if (found == sold.end())
            return false;
        if (found->second > 1)
            throw examples::input_error{
                {source},
                fmt::format("{} conversions have the id {} of a refund: which is "
                            "refunded? Leave out --order-id, or make it unique",
                            found->second, examples::in_quotes(one.id))};
        return true;
    };
    std::vector<sale> others;
    for (auto& one : all.sales)
        (is_refund(one) ? all.refunds : others).push_back(std::move(one));
    all.sales = std::move(others);
}

}  // namespace own_files
