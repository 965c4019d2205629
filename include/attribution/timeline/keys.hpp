// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/detail/group_value.hpp>
#include <attribution/detail/optional_value.hpp>
#include <attribution/records.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace attribution::detail {

/// In which order conversions are visited.
enum class visiting {
    by_row,
    by_customer,  // as they lie in memory
};

/// The type in which the keys of both sides are compared.
template <class A, class B>
struct common_key {
    static_assert(
        !std::integral<A> || !std::integral<B> ||
            std::signed_integral<A> == std::signed_integral<B>,
        "attribution: one key is signed and the other unsigned; convert one of them in its "
        "projection");
    using type = std::common_type_t<A, B>;
};
template <class A, class B>
    requires(reads_as_text<A>&& reads_as_text<B>)
struct common_key<A, B> {
    using type = std::string_view;
};

template <class Conversions, class Touchpoints>
using common_key_of = typename common_key<present_key<typename Conversions::key_type>,
                                          present_key<typename Touchpoints::key_type>>::type;

/// How a key of these records is kept when the record may be gone: text that a projection made on
/// the fly must be kept; text in a record is only looked at.
template <class Records, class Key>
using kept_key =
    std::conditional_t<reads_as_text<Key> && !Records::has_stable_keys &&
                           !std::same_as<present_key<typename Records::key_type>, std::string_view>,
                       std::string, Key>;

/// `use(key)` of the key in `row`, or `missing` if it has none. The key is valid during the call.
template <class Key, class Result, class Records, class Use>
constexpr Result with_key(Records const& records, std::size_t row, Result missing, Use use) {
    decltype(auto) key = records.key(row);
    return is_missing(key) ? missing : use(Key(value_in(key)));
}

}  // namespace attribution::detail
