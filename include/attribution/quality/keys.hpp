// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/detail/interner.hpp>
#include <attribution/detail/optional_value.hpp>
#include <attribution/quality/rule.hpp>

#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/traits.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

template <class Projection, class Rows>
using value_of_rows = std::remove_cvref_t<std::invoke_result_t<
    Projection const&, std::remove_reference_t<decltype(std::declval<Rows const&>()[0])> const&>>;

/// Numbers the values of rows; equal values have one number.
template <class Projection, class Rows>
using value_numbers = interner<stored_for<value_type_in<value_of_rows<Projection, Rows>>>,
                               probe_for<value_type_in<value_of_rows<Projection, Rows>>>>;

template <class Projection>
struct unique_check {
    [[no_unique_address]] Projection id;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        value_numbers<Projection, Rows> known;
        for_each_value(rows, id, [&](std::size_t row, auto const& value) {
            if (!has_value(value))
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
        std::vector<std::size_t> first;  // row of every id that stands on one row so far
        constexpr auto several = static_cast<std::size_t>(-1);
        for_each_value(rows, id, [&](std::size_t row, auto const& value) {
            if (!has_value(value))
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
        static_assert(may_be_empty<T> || reads_as_text<T>,
                      "attribution: required() knows a missing std::optional and an empty text; "
                      "for other types give it a predicate that tells what is missing");
        if (!has_value(value))
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
        for_each_value(rows, projection, [&](std::size_t row, auto const& value) {
            if (std::invoke(missing, value))
                found.row(row);
        });
    }
};

template <class Projection, class Keys>
struct known_check {
    [[no_unique_address]] Projection projection;
    std::shared_ptr<Keys const> keys;

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        for_each_value(rows, projection, [&](std::size_t row, auto const& value) {
            if (has_value(value) && keys->find(value_in(value)) == Keys::none)
                found.row(row);
        });
    }
};

}  // namespace detail

/// No two rows have the same id. The rows that repeat an earlier row's id break it, the first does
/// not.
///
/// Shape:      `id` projects a record to a key, or to an optional one.
/// Edges:      missing ids (empty optionals) do not repeat each other; see `required`. Text is
///             compared by its characters.
/// Complexity: a look-up per row; keeps each id.
template <class Projection>
[[nodiscard]] auto unique(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("unique", subject), severity::error,
                      "repeats the " + std::string{subject} + " of an earlier row",
                      detail::unique_check<Projection>{std::move(id)}};
}

/// No id stands on several rows, as it does after a join that multiplies rows: adding up a value
/// counts it once per row. *All* rows of such an id break the rule, the first included, since none
/// of them is the original.
///
/// Edges:      as `unique`.
template <class Projection>
[[nodiscard]] auto fan_out(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("fan_out", subject), severity::error,
                      "the same " + std::string{subject} +
                          " stands on several rows, so that a sum counts it several times",
                      detail::fan_out_check<Projection>{std::move(id)}};
}

/// Something is there: the optional is not empty, nor is the text in it.
///
/// Edges:      spaces are text, and so is `null`: a predicate of the projected value can say
///             otherwise, and is needed for types that cannot be empty:
///             `required("usage", &call::seconds, [](int s) { return s == 0; })`.
template <class Projection, class Missing = detail::empty_or_no_text>
[[nodiscard]] auto required(std::string_view subject, Projection projection, Missing missing = {}) {
    return basic_rule{
        detail::rule_name("required", subject), severity::error,
        std::string{subject} + " is missing",
        detail::required_check<Projection, Missing>{std::move(projection), std::move(missing)}};
}

/// Every reference leads somewhere: the projection is one of `keys`, a range of keys or of records
/// with a projection to their key.
///
/// Edges:      missing references are not orphans; see `required`. The keys are copied.
/// Complexity: O(k) to make the rule, a look-up per row.
template <class Projection, class Keys, class KeyProjection = std::identity>
[[nodiscard]] auto known(std::string_view subject, Projection reference, Keys&& keys,
                         KeyProjection key = {}) {
    using projected_key = std::remove_cvref_t<
        std::invoke_result_t<KeyProjection const&, ranges::range_reference_t<Keys>>>;
    using value = detail::value_type_in<projected_key>;
    using key_set = detail::interner<detail::stored_for<value>, detail::probe_for<value>>;
    auto set = std::make_shared<key_set>();
    for (auto&& record : keys) {
        auto&& seen = std::invoke(key, record);
        if (detail::has_value(seen))
            (void)(*set)(detail::value_in(seen));
    }
    return basic_rule{detail::rule_name("known", subject), severity::error,
                      std::string{subject} + " leads to nothing known",
                      detail::known_check<Projection, key_set>{std::move(reference), set}};
}

}  // namespace attribution
