// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

/// How ids of two types are compared: join keys of both sides, refunds and their sales, references
/// and what they refer to. Ids that differ never become equal by conversion.
namespace attribution::inline v0_1::detail {

/// Does one type of numbers (an integer only if both are) hold all values of another?
template <class A, class B>
consteval bool holds_values() {
    if constexpr (std::integral<A> && std::integral<B>) {
        return std::numeric_limits<A>::digits >= std::numeric_limits<B>::digits &&
               (std::signed_integral<A> || std::unsigned_integral<B>);
    } else {
        return std::numeric_limits<A>::digits >= std::numeric_limits<B>::digits;
    }
}

template <class A, class B>
concept have_common_type = requires {
    typename std::common_type_t<A, B>;
};

template <class A, class B>
struct common_key_type {
    static_assert(
        have_common_type<A, B>,
        "attribution: these two kinds of ids cannot be compared; convert one of them in its "
        "projection");
    using type = std::common_type_t<A, B>;
};
template <class A>
    requires(!reads_as_text<A>)
struct common_key_type<A, A> {
    using type = A;
};
template <class A, class B>
    requires(reads_as_text<A>&& reads_as_text<B>)
struct common_key_type<A, B> {
    using type = std::string_view;
};
template <class A, class B>
    requires((std::integral<A> ||
              std::floating_point<A>)&&(std::integral<B> ||
                                        std::floating_point<B>)&&!std::same_as<A, B>)
struct common_key_type<A, B> {
    using usual = std::common_type_t<A, B>;
    using type = std::conditional_t<
        holds_values<usual, A>() && holds_values<usual, B>(), usual,
        std::conditional_t<std::integral<A> && std::integral<B>, std::int64_t, double>>;
    static_assert(
        holds_values<type, A>() && holds_values<type, B>(),
        "attribution: no number type holds the ids of both types, a 64-bit integer and a "
        "floating-point or an unsigned number, so different ids could become equal; convert one of "
        "them in its projection");
};
template <class A, class B>
    requires(is_time_point<A>&& is_time_point<B> && !std::same_as<A, B>)
struct common_key_type<A, B> {
    using type = common_time<A, B>;
    static_assert(
        !reaches_beyond<A, B>() && !reaches_beyond<B, A>(),
        "attribution: these ids are times of two clocks, and neither holds all times of the other; "
        "convert one of them in its projection");
};

/// The type in which ids of two types are compared by their exact values.
template <class A, class B>
struct common_key {
    using type = typename common_key_type<A, B>::type;
};

template <class A, class B>
using common_key_t = typename common_key<A, B>::type;

/// The id of type `Stored` that equals `id`. None if there is no such id, or if `id` is missing; an
/// id that may be empty is looked at inside of its optional.
template <class Stored, class Id>
constexpr std::optional<Stored> exactly_as(Id const& id) {
    if (is_missing(id))
        return std::nullopt;
    auto const& value = value_in(id);
    using plain = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::same_as<plain, Stored>) {
        return value;
    } else if constexpr (may_be_empty<Stored>) {
        if (auto const inner = exactly_as<value_type_in<Stored>>(value))
            return Stored(*inner);
        return std::nullopt;
    } else if constexpr (reads_as_text<plain> && reads_as_text<Stored>) {
        return Stored(std::string_view(value));
    } else {
        using common = common_key_t<Stored, plain>;
        if constexpr (is_time_point<Stored>) {
            auto const stored = nearest_instant<Stored, nearest::not_after>(value);
            return stored && compare_instants(*stored, value) == 0 ? stored : std::nullopt;
        } else {
            if constexpr (std::floating_point<plain> && std::integral<Stored>)
                if (!(common(value) >= common(std::numeric_limits<Stored>::min()) &&
                      common(value) <= common(std::numeric_limits<Stored>::max())))
                    return std::nullopt;
            auto const stored = static_cast<Stored>(value);
            return common(stored) == common(value) ? std::optional{stored} : std::nullopt;
        }
    }
}

}  // namespace attribution::detail
