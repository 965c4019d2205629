// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace attribution::inline v0_1::detail {

template <class Conversions, class Touchpoints>
using common_key_of = common_key_t<value_type_in<typename Conversions::key_type>,
                                   value_type_in<typename Touchpoints::key_type>>;

/// How a key of these records is kept after the record may be gone: text that a projection makes on
/// the fly is copied; text in a record is only referred to.
template <class Records, class Key>
using kept_key = std::conditional_t<
    reads_as_text<Key> && !Records::has_stable_keys &&
        !std::same_as<value_type_in<typename Records::key_type>, std::string_view>,
    std::string, Key>;

/// `use(key)` for the key in `row`, or `missing` if there is none. The key is valid during the
/// call.
template <class Key, class Result, class Records, class Use>
constexpr Result with_key(Records const& records, std::size_t row, Result missing, Use use) {
    decltype(auto) key = records.key(row);
    return detail::is_missing(key) ? missing : use(Key(value_in(key)));
}

}  // namespace attribution::detail
