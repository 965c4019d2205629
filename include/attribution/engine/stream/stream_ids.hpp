// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// Ids of a stream's records: how they are kept when the record is gone, and how they are ordered.
/// A missing id comes before all others and equals nothing, not even another missing id.
namespace attribution::inline v0_1::detail {

template <class Id>
struct kept_id_of {
    using type = std::conditional_t<
        !reads_as_text<Id>, Id,
        std::conditional_t<may_be_null<Id>, std::optional<std::string>, std::string>>;
};
template <class Id>
    requires may_be_empty<Id>
struct kept_id_of<Id> {
    using type =
        std::conditional_t<reads_as_text<value_type_in<Id>>, std::optional<std::string>, Id>;
};
template <class... T>
struct kept_id_of<std::tuple<T...>> {
    using type = std::tuple<typename kept_id_of<std::remove_cvref_t<T>>::type...>;
};
template <class A, class B>
struct kept_id_of<std::pair<A, B>> {
    using type = std::pair<typename kept_id_of<std::remove_cvref_t<A>>::type,
                           typename kept_id_of<std::remove_cvref_t<B>>::type>;
};

template <class T, std::size_t N>
struct kept_id_of<std::array<T, N>> {
    using type = std::array<typename kept_id_of<T>::type, N>;
};

/// The type in which an id is kept when the record may be gone: text is copied.
template <class Id>
using kept_id = typename kept_id_of<Id>::type;

template <class Id>
kept_id<Id> keep_id(Id const& id) {
    using kept = kept_id<Id>;
    if constexpr (std::same_as<kept, Id>) {
        return id;
    } else if constexpr (is_product<Id>) {
        return std::apply([](auto const&... part) { return kept{keep_id(part)...}; }, id);
    } else if constexpr (std::same_as<kept, std::optional<std::string>>) {
        if (is_missing(id))
            return std::nullopt;
        return std::string(std::string_view(value_in(id)));
    } else {
        return kept(id);
    }
}

/// Does the first come before the second?
template <class Id>
constexpr bool id_before(Id const& a, Id const& b) {
    if constexpr (may_be_missing<Id>) {
        if (is_missing(b))
            return false;
        if (is_missing(a))
            return true;
    }
    if constexpr (is_product<Id> && !std::same_as<kept_id<Id>, Id>)
        return keep_id(a) < keep_id(b);
    else if constexpr (reads_as_text<value_type_in<Id>>)
        return std::string_view(value_in(a)) < std::string_view(value_in(b));
    else
        return value_in(a) < value_in(b);
}

/// Does neither come before the other? Then both are the same id, or both are missing.
template <class Id>
constexpr bool same_id_or_none(Id const& a, Id const& b) {
    return !id_before(a, b) && !id_before(b, a);
}

}  // namespace attribution::detail
