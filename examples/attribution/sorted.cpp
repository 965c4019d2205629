// SPDX-License-Identifier: BSL-1.0
#include "sorted.hpp"

#include "load.hpp"

#include <support/amounts.hpp>
#include <support/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace own_files {

namespace {

/// The work on a part then costs much more than the part itself, and little memory.
constexpr std::size_t rows_of_a_part = 16'384;

[[noreturn]] void refuse_change(examples::input_table const& table) {
    throw examples::input_error{{table.name()},
                                "has changed while it was read: it is read twice, run this again "
                                "when nothing writes to it"};
}

}  // namespace

sorted_tables::sorted_tables(settings const& asked)
    : asked_{asked}, clock_{asked.time_zone}, order_{"leave out --sorted-by-key"},
      again_{asked.common.input} {
    known_.input = asked.common.input;
    look_at_touchpoints();
    look_at_conversions();
    list_once(known_.inputs);
    if (asked.last_non)
        known_.trait_column = asked.last_non->first;
}

template <class Columns>
std::vector<std::string> sorted_tables::chosen(side<Columns>& of,
                                               std::vector<std::string> const& header,
                                               std::string* said) const {
    column_finder columns{of.table->name(), header};
    of.places.find(columns, asked_);
    if (said)
        *said = columns.text();
    return columns.chosen();
}

template <class Columns, class Visit>
void sorted_tables::look_at(side<Columns>& of, std::string const& source, Visit visit) {
    of.table = std::make_unique<examples::input_table>(source);
    order_.begin_table();
    known_.notes.emplace_back();
    of.table->read(
        [&](std::vector<std::string> const& header) {
            return chosen(of, header, &known_.notes.back());
        },
        [&](fields row) {
            ++of.rows;
            auto const& whose = row[*of.places.whose];
            missing(whose, known_.input) ? order_.add_missing() : order_.add(whose);
            visit(row);
        },
        known_.input);
    for (auto const& file : of.table->files(asked_.needs.digests))
        add_input(known_.inputs, file, source, asked_);
}

void sorted_tables::look_at_touchpoints() {
    examples::time_column times{asked_.time_format, examples::time_column::keeping::nothing};
    trait_search traits;
    auto const& places = touches_.places;
    look_at(touches_, asked_.touchpoints.front(), [&](fields row) {
        times.add(row[*places.when]);
        if (places.trait)
            traits.add(row[*places.trait].text, asked_);
        if (auto const name = row[*places.channel].text; !name.empty())
            channels_.add(name);
        if (places.kind)
            kinds_.add(row[*places.kind].text);
    });
    known_.notes.back() += times_note(times, false);
    touches_.format = times.format();
    known_.kinds = places.kind.has_value();
    known_.touch_ids = places.id.has_value();
    if (asked_.last_non)
        traits.check(asked_);
    if (asked_.excluded.empty())
        return;
    std::set<std::string> names;
    for (auto const& one : channels_.lines())
        names.insert(one.name);
    check_excluded(asked_, names);
}

void sorted_tables::look_at_conversions() {
    examples::time_column times{sale_time_format(asked_), examples::time_column::keeping::nothing};
    examples::amount_sum amounts;
    thousands_doubt thousands;
    std::map<std::string, std::size_t> currencies;
    auto const& places = sales_.places;
    look_at(sales_, asked_.conversions.front(), [&](fields row) {
        times.add(row[*places.when]);
        auto const amount = places.amount(row);
        thousands.add(amount.text);
        auto const units = examples::wide_decimal(
            {with_decimal_point(amount, asked_), amount.where}, examples::most_decimals);
        amounts.add(units, amount.where);
        ++currencies[places.currency_of(row)];
        if (places.segment && !row[*places.segment].text.empty())
            segments_.add(row[*places.segment].text);
        if (units < 0 && !asked_.columns.order_id.empty() &&
            !missing(row[*places.id], known_.input))
            refunds_.try_emplace(std::string{row[*places.id].text});
    });
    known_.notes.back() += times_note(times, true) + value_note(places);
    sales_.format = times.format();
    known_.decimals = amounts.decimals();
    known_.perhaps_thousands = thousands.there() && !asked_.decimal_said;
    currency_ = chosen_currency(asked_, places.currency_column, currencies);
    known_.currency = currency_.value_or("");
    known_.sale_ids = places.id.has_value();
    known_.segments = places.segment.has_value();
}

bool sorted_tables::next(records& part) {
    if (!touches_.cursor) {
        begin(touches_);
        begin(sales_);
    }
    part = known_;
    part.texts = std::make_shared<examples::text_store>();
    keys_ = {};
    while ((touches_.there || sales_.there) &&
           part.touches.size() + part.sales.size() < rows_of_a_part) {
        // A row without a key is by itself: it meets nothing.
        if (touches_.there && !touches_.key) {
            take_touchpoint(part);
        } else if (sales_.there && !sales_.key) {
            take_conversion(part);
        } else {
            auto const of_touches =
                touches_.there && !(sales_.there && order_.before(*sales_.key, *touches_.key));
            auto const key = of_touches ? touches_.key : sales_.key;
            while (touches_.there && touches_.key == key)
                take_touchpoint(part);
            while (sales_.there && sales_.key == key)
                take_conversion(part);
        }
    }
    if (!touches_.there && !sales_.there)
        check_end();
    auto const any = !part.touches.empty() || !part.sales.empty();
    part_refunds(part, asked_, "refunds");
    return any;
}

std::size_t sorted_tables::percent() const {
    auto const rows = touches_.rows + sales_.rows;
    return rows == 0 ? 100 : (touches_.read + sales_.read) * 100 / rows;
}

template <class Columns>
void sorted_tables::begin(side<Columns>& of) {
    of.cursor = of.table->open(
        [&](std::vector<std::string> const& header) { return chosen(of, header); }, again_);
    step(of);
}

template <class Columns>
void sorted_tables::step(side<Columns>& of) {
    of.there = of.cursor->next();
    if (!of.there)
        return;
    auto next = key(of.cursor->fields()[*of.places.whose], again_);
    if (++of.read > of.rows || (next && of.key && order_.before(*next, *of.key)))
        refuse_change(*of.table);
    of.key = std::move(next);
}

template <class Columns>
examples::instant sorted_tables::time_of(side<Columns> const& of, bool end_of_day) {
    auto const& field = of.cursor->fields()[*of.places.when];
    auto const time = of.format->read(field.text);
    if (!time)
        refuse_change(*of.table);
    note_time(known_.input, *time, std::string{field.where.file}, asked_);
    return clock_.at(*time, end_of_day);
}

void sorted_tables::take_touchpoint(records& part) {
    auto const person = touches_.key ? examples::maybe_text{keys_.keep(*part.texts, *touches_.key)}
                                     : examples::maybe_text{};
    auto& seen =
        part.touches.emplace_back(touches_.places.read(touches_.cursor->fields(), person, part));
    seen.at = time_of(touches_, false);
    step(touches_);
}

void sorted_tables::take_conversion(records& part) {
    auto const row = sales_.cursor->fields();
    auto const& places = sales_.places;
    auto const at = time_of(sales_, true);
    if (currency_ && places.currency_of(row) != *currency_) {
        ++known_.other_currencies;
    } else {
        auto& sold = part.sales.emplace_back(places.read(row, asked_, sales_.read));
        auto const amount = places.amount(row);
        std::tie(sold.amount, sold.rounded) = examples::rounded_amount(
            examples::wide_decimal({with_decimal_point(amount, asked_), amount.where},
                                   examples::most_decimals),
            known_.decimals);
        sold.at = at;
        note_refund(sold);
    }
    step(sales_);
}

void sorted_tables::note_refund(sale const& one) {
    auto const found = refunds_.find(one.id);
    if (found == refunds_.end())
        return;
    auto& about = found->second;
    about.of_several_keys =
        about.of_several_keys || !one.key || (about.seen && about.key != one.key);
    about.key = one.key;
    about.seen = true;
    if (one.amount < examples::exact_amount{})
        about.paid_back = true;
    else
        ++about.sold;
}

void sorted_tables::check_end() const {
    if (touches_.read != touches_.rows)
        refuse_change(*touches_.table);
    if (sales_.read != sales_.rows)
        refuse_change(*sales_.table);
    // Of several, the same one is named in every run.
    std::map<std::string, refunded> const wrong(refunds_.begin(), refunds_.end());
    for (auto const& [id, about] : wrong) {
        if (!about.paid_back || about.sold == 0)
            continue;
        if (about.sold > 1)
            refuse_refund(id, about.sold, "refunds");
        if (about.of_several_keys)
            throw examples::input_error{
                {"refunds"},
                fmt::format("the refund with the id {} and the conversion that it takes back are "
                            "not of the same key: leave out --sorted-by-key",
                            examples::in_quotes(id))};
    }
}

}  // namespace own_files
