// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/counted_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/once_per.hpp>
#include <attribution/records/sorted.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// A conversion that does not count, and why: by which rule, and after which conversion that
/// counted. Rows are those of the records that `counted` was given.
struct not_counted_conversion {
    std::size_t row;
    std::size_t because;
    std::string_view rule;

    friend bool operator==(not_counted_conversion const&, not_counted_conversion const&) = default;
};

/// Those conversions that count; made by `counted`. Rows 0 .. n-1 are the conversions that count, in
/// the order of the records they were made from.
template <class Conversions>
class counted_conversions : public Conversions {
  public:
    using reference = typename Conversions::reference;

    counted_conversions(Conversions all, std::vector<std::size_t> kept,
                        std::vector<not_counted_conversion> left_out)
        : Conversions(std::move(all)), rows_{std::make_shared<rows const>(
                                           rows{std::move(kept), std::move(left_out)})} {}

    [[nodiscard]] std::size_t size() const { return rows_->kept.size(); }
    [[nodiscard]] decltype(auto) operator[](std::size_t row) const& {
        return all()[original_row(row)];
    }
    [[nodiscard]] decltype(auto) operator[](std::size_t row) const&& {
        return static_cast<Conversions const&&>(*this)[original_row(row)];
    }
    [[nodiscard]] decltype(auto) key(std::size_t row) const& {
        return all().key(original_row(row));
    }
    [[nodiscard]] auto key(std::size_t row) const&& {
        return static_cast<Conversions const&&>(*this).key(original_row(row));
    }
    [[nodiscard]] auto time(std::size_t row) const { return all().time(original_row(row)); }
    [[nodiscard]] bool key_is_missing(std::size_t row) const {
        return all().key_is_missing(original_row(row));
    }
    [[nodiscard]] auto value(std::size_t row) const { return all().value(original_row(row)); }
    void prefetch_value(std::size_t row) const { all().prefetch_value(original_row(row)); }

    /// The row of a conversion in the records that these were made from.
    [[nodiscard]] std::size_t original_row(std::size_t row) const { return rows_->kept[row]; }

    /// The conversions that do not count, by row. They stay as long as a copy of these records does.
    [[nodiscard]] std::span<not_counted_conversion const> not_counted() const& {
        return rows_->left_out;
    }
    [[nodiscard]] std::vector<not_counted_conversion> not_counted() && { return rows_->left_out; }

  private:
    struct rows {
        std::vector<std::size_t> kept;
        std::vector<not_counted_conversion> left_out;
    };
    [[nodiscard]] Conversions const& all() const noexcept { return *this; }

    std::shared_ptr<rows const> rows_;
};

namespace detail {

template <class Records>
inline constexpr bool is_conversion_records<counted_conversions<Records>> = true;
template <class Records>
inline constexpr bool is_sorted_records<counted_conversions<Records>> = is_sorted_records<Records>;

/// The rows of each customer's conversions, customer after customer, each in the order (time, row);
/// then those whose key is missing. Calls `next_customer()` before each customer's first.
template <class Conversions, class NextCustomer, class Visit>
void for_each_in_time(Conversions const& all, NextCustomer next_customer, Visit visit) {
    using key_type = value_type_in<typename Conversions::key_type>;
    interner<stored_for<key_type>, probe_for<key_type>> customers;
    std::vector<std::pair<std::size_t, std::size_t>> order;  // customer, row
    order.reserve(all.size());
    for (std::size_t row = 0; row < all.size(); ++row) {
        (void)detail::on_time_line(all.time(row), "counted: the time of conversion row ", row);
        decltype(auto) key = all.key(row);
        order.emplace_back(detail::is_missing(key) ? none_before : customers(detail::value_in(key)),
                           row);
    }
    std::sort(order.begin(), order.end(), [&](auto const& a, auto const& b) {
        if (a.first != b.first)
            return a.first < b.first;
        auto const one = all.time(a.second);
        auto const other = all.time(b.second);
        return one < other || (!(other < one) && a.second < b.second);
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || order[i].first == none_before || order[i].first != order[i - 1].first)
            next_customer();
        visit(order[i].second);
    }
}

}  // namespace detail

/// Only conversions that count, by rules such as `cooldown(date::days{90})` and
/// `once_per(&goal::session)`: what another one counted for already is left out, and is neither
/// attributed nor unattributed.
///
/// Shape:      `auto const installs = counted(conversions(...), cooldown(date::days{90}))`, in the
///             place of the conversions. Credits name rows of the new records; `original_row` and
///             `not_counted()` name rows of the old ones. In a stream, the same word is said of
///             `conversion_stream(...)`.
/// Edges:      a customer's conversions are looked at in the order (time, row). With several rules, a
///             conversion counts if none of them refuses it, and only what counts is remembered. A
///             conversion whose key is missing always counts. `previous()` of a conversion, and with
///             it `since_previous_conversion`, is the last one that *counted*.
/// Errors:     std::domain_error, naming the row, if a time is a NaN; a static_assert says what is
///             wrong with an argument.
/// Complexity: O(n log n) once; a number per conversion.
/// Example:    examples/recipes/installed_again.cpp
template <class Conversions, class... Rules>
    requires detail::is_conversion_records<Conversions>
[[nodiscard]] auto counted(Conversions const& conversions, Rules... rules) {
    static_assert(sizeof...(Rules) != 0 && (detail::is_counting_rule<Rules> && ...),
                  "attribution: counted() takes conversions(...) and rules: cooldown(length), "
                  "once_per(projection), once_per(projection, length)");
    using time_type = typename Conversions::time_type;
    using memory_type =
        detail::counted_conversions_before<typename Conversions::reference, time_type, Rules...>;
    std::tuple<Rules...> const all{std::move(rules)...};
    std::string_view const names[] = {Rules::name()...};
    std::vector<not_counted_conversion> left_out;
    memory_type memory;
    detail::for_each_in_time(
        conversions, [&] { memory = memory_type{}; },
        [&](std::size_t row) {
            auto const at = conversions.time(row);
            auto const refused = memory.refuses(all, conversions[row], at);
            if (refused.because == detail::none_before)
                memory.note(all, conversions[row], at, row);
            else
                left_out.push_back({row, refused.because, names[refused.rule]});
        });
    std::sort(left_out.begin(), left_out.end(),
              [](auto const& a, auto const& b) { return a.row < b.row; });
    std::vector<std::size_t> kept;
    kept.reserve(conversions.size() - left_out.size());
    auto next = left_out.begin();
    for (std::size_t row = 0; row < conversions.size(); ++row)
        if (next != left_out.end() && next->row == row)
            ++next;
        else
            kept.push_back(row);
    return counted_conversions<Conversions>{conversions, std::move(kept), std::move(left_out)};
}

}  // namespace attribution
