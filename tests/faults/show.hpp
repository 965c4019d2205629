// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <range/v3/range/concepts.hpp>

#include <array>
#include <concepts>
#include <cstdio>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

/// All of a result as text: equal texts for equal bytes.
namespace faults {

template <class T>
std::string show(T const& value);

inline std::string show_all() {
    return {};
}
template <class First, class... Others>
std::string show_all(First const& first, Others const&... others) {
    return show(first) + ' ' + show_all(others...);
}

template <class T>
std::string show(T const& value) {
    if constexpr (std::convertible_to<T const&, std::string>) {
        return value;
    } else if constexpr (std::is_enum_v<T>) {
        return std::to_string(static_cast<int>(value));
    } else if constexpr (std::floating_point<T>) {
        std::array<char, 64> digits{};
        std::snprintf(digits.data(), digits.size(), "%a", static_cast<double>(value));
        return digits.data();
    } else if constexpr (std::integral<T>) {
        return std::to_string(value);
    } else if constexpr (requires { value.has_value(); }) {
        return value.has_value() ? show(*value) : "nothing";
    } else if constexpr (requires { value.models; }) {  // a row of a comparison
        return show_all(value.key, value.attributed, value.models);
    } else if constexpr (requires { value.spend_rows; }) {  // of return_on_ad_spend
        return show_all(value.channel, value.period, value.spend, value.amount, value.conversions);
    } else if constexpr (requires { value.influenced; }) {  // of an overlapping report
        return show_all(value.key, value.influenced, value.assisted, value.last, value.sole,
                        value.touchpoints);
    } else if constexpr (requires { value.value_in; }) {  // of a reconciliation
        return show_all(value.key, value.conversions, value.value_in, value.credited,
                        value.unattributed);
    } else if constexpr (requires { value.key; }) {  // of a report
        return show_all(value.key, value.attributed, value.amount, value.conversions,
                        value.credits);
    } else if constexpr (requires { value.sequence; }) {  // of the top paths
        return show_all(value.sequence, value.conversions);
    } else if constexpr (requires { value.share; }) {  // a credit
        return show_all(value.conversion, value.touchpoint, value.amount, value.share);
    } else if constexpr (requires { value.credits; }) {  // a cell
        return show_all(value.amount, value.conversions, value.credits);
    } else if constexpr (requires { value.amount; }) {  // a reach
        return show_all(value.conversions, value.amount);
    } else if constexpr (requires { value.notes; }) {  // a finding
        return show_all(value.rule, value.severity, value.text, value.checked, value.count,
                        value.rows, value.notes);
    } else if constexpr (requires { value.first_lag; }) {  // figures of paths
        return show_all(value.length.values(), value.first_lag.values(), value.last_lag.values(),
                        value.not_reached);
    } else if constexpr (requires { value.part; }) {  // a count of outcomes
        return show_all(value.what, value.part, value.count, value.text);
    } else if constexpr (ranges::range<T const>) {
        std::string all = "[";
        for (auto const& one : value)
            all += show(one) + ", ";
        return all + ']';
    } else {
        return std::apply([](auto const&... element) { return show_all(element...); }, value);
    }
}

}  // namespace faults
