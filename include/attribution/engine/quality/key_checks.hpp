// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/quality/rule.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

template <class Projection, class Rows>
using value_of_rows = std::remove_cvref_t<std::invoke_result_t<
    Projection const&, std::remove_reference_t<decltype(std::declval<Rows const&>()[0])> const&>>;

/// Does a text of a row stay where it is while the rows are checked? One that is referred to in a record
/// does, and so does what a view in a record, or of one, refers to: as with keys in a join.
template <class Projection, class Rows>
inline constexpr bool has_stable_texts =
    std::is_lvalue_reference_v<decltype(std::declval<Rows const&>()[0])> &&
    (std::is_lvalue_reference_v<std::invoke_result_t<
         Projection const&,
         std::remove_reference_t<decltype(std::declval<Rows const&>()[0])> const&>> ||
     std::same_as<value_type_in<value_of_rows<Projection, Rows>>, std::string_view>);

/// Numbers the values of rows; equal values have the same number. Texts that stay are not copied.
template <class Projection, class Rows>
using value_numbers =
    interner<std::conditional_t<has_stable_texts<Projection, Rows>,
                                probe_for<value_type_in<value_of_rows<Projection, Rows>>>,
                                stored_for<value_type_in<value_of_rows<Projection, Rows>>>>,
             probe_for<value_type_in<value_of_rows<Projection, Rows>>>>;

template <class Projection>
struct unique_check {
    [[no_unique_address]] Projection id;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        value_numbers<Projection, Rows> known;
        detail::for_each_value(rows, id, [&](std::size_t row, auto const& value) {
            if (is_missing(value))
                return;
            auto const before = known.size();
            if (known(value_in(value)) != before)
                found.row(row);
        });
    }
};

template <class Projection>
struct fan_out_check {
    [[no_unique_address]] Projection id;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        value_numbers<Projection, Rows> known;
        std::vector<std::size_t> first;  // row of every id that has been seen in only one row
        constexpr auto several = static_cast<std::size_t>(-1);
        detail::for_each_value(rows, id, [&](std::size_t row, auto const& value) {
            if (is_missing(value))
                return;
            auto const number = known(value_in(value));
            if (number == first.size()) {
                first.push_back(row);
                return;
            }
            if (first[number] != several)
                found.row(std::exchange(first[number], several));
            found.row(row);
        });
    }
};

struct empty_or_no_text {
    template <class T>
    constexpr bool operator()(T const& value) const {
        static_assert((may_be_missing<T> && !may_hold_nan<T>) || reads_as_text<T>,
                      "attribution: required() knows a missing std::optional and an empty text; "
                      "for other types give it a predicate that tells what is missing");
        if (is_missing(value))
            return true;
        if constexpr (reads_as_text<value_type_in<T>>)
            return std::string_view(value_in(value)).empty();
        else
            return false;
    }
};

template <class Projection, class Missing>
struct required_check {
    [[no_unique_address]] Projection projection;
    [[no_unique_address]] Missing missing;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& value) {
            if (std::invoke(missing, value))
                found.row(row);
        });
    }
};

template <class Projection, class Key, class Keys>
struct known_check {
    [[no_unique_address]] Projection projection;
    std::shared_ptr<Keys const> keys;

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& value) {
            if (is_missing(value))
                return;
            auto const key = exactly_as<Key>(value);
            if (!key || keys->find(*key) == Keys::none)
                found.row(row);
        });
    }
};

/// An id in words. Of a long text only the beginning, in whole UTF-8 characters.
template <class Value>
std::string shown(Value const& value) {
    if constexpr (reads_as_text<Value>) {
        constexpr std::size_t most = 60;
        auto const text = std::string_view(value);
        auto end = std::min(most, text.size());
        while (end > 0 && end < text.size() &&
               (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
            --end;
        return '"' + std::string(text.substr(0, end)) + (end < text.size() ? "..." : "") + '"';
    } else if constexpr (std::integral<Value>) {
        return std::to_string(value);
    } else {
        return "one id";
    }
}

template <class Projection>
struct plausible_share_check {
    [[no_unique_address]] Projection id;
    double most;
    std::size_t enough;

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        struct use {
            std::size_t first;
            std::size_t rows;
        };
        value_numbers<Projection, Rows> known;
        std::vector<use> uses;
        detail::for_each_value(rows, id, [&](std::size_t row, auto const& value) {
            if (is_missing(value))
                return;
            auto const number = known(value_in(value));
            if (number == uses.size())
                uses.push_back({row, 0});
            ++uses[number].rows;
        });
        for (std::size_t number = 0; number < uses.size(); ++number) {
            auto const& [first, count] = uses[number];
            if (count >= enough &&
                static_cast<double>(count) > most * static_cast<double>(rows.size()))
                found.row(first, shown(known[number]) + " stands on " + std::to_string(count) +
                                     " of " + std::to_string(rows.size()) + " rows");
        }
    }
};

}  // namespace attribution::detail
