// SPDX-License-Identifier: BSL-1.0
#include "load.hpp"

#include "columns.hpp"
#include "rows.hpp"

#include <support/csv.hpp>
#include <support/input_table.hpp>
#include <support/parse.hpp>
#include <support/time_format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
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

/// Reads the tables of a run one after the other.
class loader {
  public:
    explicit loader(settings const& asked)
        : asked_{asked}, clock_{asked.time_zone}, nothing_{asked.common.input.nothing} {
        all_.input = asked.common.input;
    }

    records load() {
        if (!asked_.bridge.empty())
            load_bridge();
        if (asked_.needs.every_touchpoint) {
            load_all_touches();
            load_all_sales();
        } else {
            load_what_may_earn();
        }
        list_once(all_.inputs);
        all_.decimals = book_.decimals();
        all_.perhaps_thousands = thousands_.there() && !asked_.decimal_said;
        for (auto& [sale, place] : sales_)
            std::tie(sale.amount, sale.rounded) = book_.amount(place, all_.decimals);
        choose_currency();
        part_refunds(all_, asked_, "refunds");
        if (!asked_.excluded.empty())
            check_excluded(asked_, channels());
        if (asked_.last_non) {
            traits_.check(asked_);
            all_.trait_column = asked_.last_non->first;
        }
        return std::move(all_);
    }

  private:
    struct read_sale {
        sale what;
        std::size_t place;  // in the book of amounts
    };

    /// Whose a touchpoint is, and for whom it counts.
    struct owner {
        examples::maybe_text person, key;
    };

    void load_all_touches() {
        for (auto const& source : asked_.touchpoints)
            load_touches(source);
    }
    void load_all_sales() {
        for (auto const& source : asked_.conversions)
            load_sales(source);
    }

    /// Conversions come first, so that of the touchpoints only those of their keys are kept. Of what is
    /// wrong with both, the same is told as if touchpoints had come first.
    void load_what_may_earn() {
        auto const notes = std::ssize(all_.notes), inputs = std::ssize(all_.inputs);
        std::exception_ptr wrong;
        try {
            load_all_sales();
        } catch (...) {
            wrong = std::current_exception();
        }
        auto const notes_of_sales = std::ssize(all_.notes),
                   inputs_of_sales = std::ssize(all_.inputs);
        load_all_touches();
        if (wrong)
            std::rethrow_exception(wrong);
        std::rotate(all_.notes.begin() + notes, all_.notes.begin() + notes_of_sales,
                    all_.notes.end());
        std::rotate(all_.inputs.begin() + inputs, all_.inputs.begin() + inputs_of_sales,
                    all_.inputs.end());
    }

    /// Reads a table, and notes what it was. `find` chooses columns, `visit` takes rows.
    void read(
        std::string const& source, std::function<void(column_finder&)> const& find,
        std::function<void(fields)> const& visit,
        std::function<std::string()> const& more = [] { return std::string{}; }) {
        examples::input_table const table{source};
        auto described = std::async([&] { return table.files(asked_.needs.digests); });
        std::string said;
        table.read(
            [&](std::vector<std::string> const& header) {
                column_finder columns{table.name(), header};
                find(columns);
                said = columns.text();
                return columns.chosen();
            },
            visit, all_.input);
        for (auto const& file : described.get())
            add_input(all_.inputs, file, source, asked_);
        all_.notes.push_back(said + more());
    }

    /// The instants of a column that was read.
    template <class Record>
    void take_times(examples::time_column const& column, bool end_of_day, std::string const& name,
                    std::span<Record> into) {
        auto const& times = column.times();
        for (std::size_t i = 0; i < times.size(); ++i) {
            into[i].at = clock_.at(times[i], end_of_day);
            note_time(all_.input, times[i], name, asked_);
        }
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
                    columns.find({"touchpoints' key", "--bridge-columns", usual_keys()}, from);
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
                auto const account = key(row[*to_place], all_.input);
                bridge_.emplace(all_.texts->keep(*person),
                                account ? examples::maybe_text{all_.texts->keep(*account)}
                                        : examples::maybe_text{});
            });
        all_.bridged = true;
    }

    void load_touches(std::string const& source) {
        touch_columns places;
        examples::time_column times{asked_.time_format};
        auto const first = all_.touches.size();
        std::string name;
        read(
            source, [&](column_finder& columns) { places.find(columns, asked_); },
            [&](fields row) {
                ++all_.touches_read;
                if (name.empty())
                    name = row[*places.when].where.file;
                if (places.trait)
                    traits_.add(row[*places.trait].text, asked_);
                auto const whose = owner_of(row[*places.whose].text);
                auto const kept = asked_.needs.every_touchpoint || whose.key;
                times.add(row[*places.when], kept);
                if (kept)
                    all_.touches.emplace_back(places.read(row, whose.person, all_)).key = whose.key;
            },
            [&] { return times_note(times, false); });
        take_times(times, false, name, std::span{all_.touches}.subspan(first));
        all_.kinds = all_.kinds || places.kind;
        all_.touch_ids = all_.touch_ids || places.id;
    }

    /// A key that never converts is none, where that is all that matters.
    owner owner_of(std::string_view text) {
        if (nothing_(text))
            return {};
        auto const every = asked_.needs.every_touchpoint;
        if (!all_.bridged) {
            auto const key =
                every ? examples::maybe_text{keys_.keep(*all_.texts, text)} : keys_.find(text);
            return {key, key};
        }
        auto const person = examples::maybe_text{keys_.keep(*all_.texts, text)};
        auto const account = account_of(person);
        return {person, every || !account ? account : keys_.find(*account)};
    }

    examples::maybe_text account_of(examples::maybe_text const& person) const {
        auto const known = bridge_.find(*person);
        return known == bridge_.end() ? examples::maybe_text{} : known->second;
    }

    void load_sales(std::string const& source) {
        sale_columns places;
        examples::time_column times{sale_time_format(asked_)};
        auto const first = sales_.size();
        std::string name;
        read(
            source, [&](column_finder& columns) { places.find(columns, asked_); },
            [&](fields row) {
                if (name.empty())
                    name = row[*places.when].where.file;
                times.add(row[*places.when]);
                auto const amount = places.amount(row);
                thousands_.add(amount.text);
                currencies_.push_back(places.currency_of(row));
                auto const in_book = book_.add({with_decimal_point(amount, asked_), amount.where});
                sales_.push_back({places.read(row, asked_, sales_.size() + 1), in_book});
                if (auto const& key = sales_.back().what.key; key && !asked_.needs.every_touchpoint)
                    (void)keys_.keep(*all_.texts, *key);
            },
            [&] { return times_note(times, true) + value_note(places); });
        auto const& written = times.times();
        std::vector<sale> timed(written.size());
        take_times(times, true, name, std::span{timed});
        for (std::size_t i = 0; i < timed.size(); ++i)
            sales_[first + i].what.at = timed[i].at;
        if (!places.currency_column.empty())
            currency_column_ = places.currency_column;
        all_.sale_ids = all_.sale_ids || places.id;
        all_.segments = all_.segments || places.segment;
    }

    /// Conversions of one currency.
    void choose_currency() {
        std::map<std::string, std::size_t> counts;
        for (auto const& one : currencies_)
            ++counts[one];
        auto const chosen = chosen_currency(asked_, currency_column_, counts);
        all_.currency = chosen.value_or("");
        for (std::size_t i = 0; i < sales_.size(); ++i) {
            if (chosen && currencies_[i] != *chosen) {
                ++all_.other_currencies;
                continue;
            }
            all_.sales.push_back(std::move(sales_[i].what));
        }
    }

    [[nodiscard]] std::set<std::string> channels() const {
        std::set<std::string> names;
        for (auto const& one : all_.touches)
            names.emplace(one.channel.view());
        return names;
    }

    settings const& asked_;
    examples::wall_clock clock_;
    records all_;
    examples::nothing_words nothing_;
    examples::kept_once keys_;
    std::unordered_map<examples::kept_text, examples::maybe_text> bridge_;
    std::vector<read_sale> sales_;
    std::vector<std::string> currencies_;
    std::string currency_column_;
    examples::amount_book book_;
    thousands_doubt thousands_;
    trait_search traits_;
};

}  // namespace

records load(settings const& asked) {
    return loader{asked}.load();
}

void add_input(std::vector<examples::input_file>& inputs, examples::input_file file,
               std::string const& source, settings const& asked) {
    using std::filesystem::path;
    auto const has_its_name = [&](std::string const& other) {
        return other != source && path{other}.filename() == file.name;
    };
    if (path{source}.filename() == file.name &&
        (std::ranges::any_of(asked.touchpoints, has_its_name) ||
         std::ranges::any_of(asked.conversions, has_its_name) || has_its_name(asked.bridge)))
        file.name = source;
    inputs.push_back(std::move(file));
}

void list_once(std::vector<examples::input_file>& inputs) {
    std::set<std::string> names;
    std::erase_if(inputs, [&](auto const& file) { return !names.insert(file.name).second; });
}

void refuse_refund(std::string const& id, std::size_t sold, std::string const& source) {
    throw examples::input_error{
        {source},
        fmt::format("{} conversions have the id {} of a refund: which is refunded? Leave out "
                    "--order-id, or make it unique",
                    sold, examples::in_quotes(id))};
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
            refuse_refund(one.id, found->second, source);
        return true;
    };
    std::vector<sale> others;
    for (auto& one : all.sales)
        (is_refund(one) ? all.refunds : others).push_back(std::move(one));
    all.sales = std::move(others);
}

}  // namespace own_files
