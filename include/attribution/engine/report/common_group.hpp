// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// The type of a row's period where it may be missing. An optional is not wrapped again.
template <class T>
using maybe = std::conditional_t<may_be_empty<T>, T, std::optional<T>>;

/// The type that names the groups of both credits and spend: that of the credits, made optional if
/// the spend's value may be missing, and std::string if credits have views and spend has strings.
template <class Credited, class Spent>
using common_group = std::conditional_t<
    may_be_empty<Spent>, maybe<Credited>,
    std::conditional_t<std::same_as<Credited, std::string_view> && std::same_as<Spent, std::string>,
                       std::string, Credited>>;

/// Do the values of `From` become `To` without changing?
template <class To, class From>
constexpr bool converts_exactly = requires(From const& from) {
    To{from};
};
template <class To, class From>
    requires(std::integral<To>&& std::integral<From>)
constexpr bool converts_exactly<To, From> = std::same_as<To, bool> == std::same_as<From, bool>;
template <class To, class From>
    requires(may_be_empty<To> && !std::same_as<To, From>)
constexpr bool converts_exactly<To, From> =
    converts_exactly<value_type_in<To>, value_type_in<From>>;

/// The same value in the type of the credits' groups.
///
/// Errors:     std::domain_error if that type cannot hold it.
template <class To, class From>
constexpr To exactly(From const& from, char const* what, std::size_t row) {
    if constexpr (std::same_as<To, From>) {
        return from;
    } else if constexpr (may_be_empty<To>) {
        return has_value(from) ? To{exactly<value_type_in<To>>(value_in(from), what, row)} : To{};
    } else if constexpr (std::integral<To> && std::integral<From>) {
        if (!representable<To>(int128{from}))
            throw std::domain_error{what + std::to_string(row) +
                                    " does not fit into the type that the credits have; convert "
                                    "one of them in its projection"};
        return static_cast<To>(from);
    } else {
        return To{from};
    }
}

}  // namespace attribution::detail
