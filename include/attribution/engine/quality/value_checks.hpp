// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/quality/rule.hpp>

#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <type_traits>

namespace attribution::inline v0_1::detail {

template <class Projection>
struct parsed_check {
    [[no_unique_address]] Projection projection;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& result) {
            static_assert(may_be_empty<std::remove_cvref_t<decltype(result)>>,
                          "attribution: parsed() needs the result of parsing: a std::optional or "
                          "anything else with has_value()");
            if (!has_value(result))
                found.row(row);
        });
    }
};

template <class Projection>
struct finite_check {
    [[no_unique_address]] Projection projection;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& value) {
            using number = value_type_in<std::remove_cvref_t<decltype(value)>>;
            static_assert(amount<number>, "attribution: finite() needs an amount, or an optional "
                                          "one; parse text first");
            if constexpr (std::floating_point<number>)
                if (has_value(value) && !is_finite(static_cast<double>(value_in(value))))
                    found.row(row);
        });
    }
};

template <class Projection, class Time>
struct not_before_check {
    [[no_unique_address]] Projection projection;
    Time earliest;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& at) {
            if (!has_value(at))
                return;
            auto const& instant = value_in(at);  // a NaN is caught here, and only here
            if (!is_on_time_line(instant) || compare_instants(instant, earliest) < 0)
                found.row(row);
        });
    }
};

template <class Projection, class Time>
struct not_after_check {
    [[no_unique_address]] Projection projection;
    Time latest;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, projection, [&](std::size_t row, auto const& at) {
            if (!has_value(at))
                return;
            auto const& instant = value_in(at);
            if (is_on_time_line(instant) && compare_instants(instant, latest) > 0)
                found.row(row);
        });
    }
};

template <class Projection, amount Amount>
struct total_check {
    [[no_unique_address]] Projection projection;
    Amount reference;
    double tolerance;

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        running_total<Amount> sum;
        bool finite_parts = true;
        detail::for_each_value(rows, projection, [&](std::size_t, auto const& value) {
            using number = value_type_in<std::remove_cvref_t<decltype(value)>>;
            static_assert(std::floating_point<number> == std::floating_point<Amount> &&
                              (std::same_as<number, Amount> || !unit_amount<Amount>),
                          "attribution: total() needs a reference of the amounts' own kind: whole "
                          "numbers, floating-point numbers or the same money");
            if (!has_value(value))
                return;
            if constexpr (std::floating_point<number>)
                if (!is_finite(static_cast<double>(value_in(value)))) {
                    finite_parts = false;
                    return;
                }
            if constexpr (std::integral<number>)
                if (!representable<Amount>(value_in(value)))
                    throw std::overflow_error{"total: an amount does not fit into the type of the "
                                              "reference; give the reference the amounts' type"};
            sum.add(static_cast<Amount>(value_in(value)));
        });
        if (!finite_parts) {
            found.note("the sum is not a finite number");
            return;
        }
        try {
            compare(sum.value(), found);
        } catch (std::overflow_error const&) {
            found.note("the sum does not fit into the amount's type");
        }
    }

  private:
    void compare(Amount sum, offences& found) const {
        bool equal = false;
        if constexpr (std::floating_point<Amount>) {
            exact_sum difference;  // of two doubles, rounded once
            difference.add(static_cast<double>(sum));
            difference.add(-static_cast<double>(reference));
            auto const off = difference.value();
            equal = -tolerance <= off && off <= tolerance;
        } else {
            equal = sum == reference;
        }
        if (!equal)
            found.note("adds up to " + number_text(sum) + ", not " + number_text(reference));
    }
};

}  // namespace attribution::detail
