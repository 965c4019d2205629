// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/detail/common_key.hpp>
#include <attribution/detail/common_time.hpp>
#include <attribution/detail/group_value.hpp>
#include <attribution/detail/optional_value.hpp>
#include <attribution/records.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace attribution::detail {

/// In which order conversions are visited.
enum class visiting {
    by_row,
    by_customer,  // as they lie in memory
};

template <class Conversions, class Touchpoints>
using common_key_of = common_key_t<present_key<typename Conversions::key_type>,
                                   present_key<typename Touchpoints::key_type>>;

/// When the conversion in `row` happened, on the clock where it meets the touchpoints.
template <class Conversions, class Touchpoints>
constexpr auto conversion_time(Conversions const& conversions, Touchpoints const&,
                               std::size_t row) {
    return meet<typename Touchpoints::time_type>(conversions.time(row),
                                                 "join: the time of conversion row ", row);
}
template <class Touchpoints, class Conversions>
constexpr auto touch_time(Touchpoints const& touchpoints, Conversions const&, std::size_t row) {
    return meet<typename Conversions::time_type>(touchpoints.time(row),
                                                 "join: the time of touchpoint row ", row);
}

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

/// When a customer converted before, while walking along the conversions. Clang does not copy an
/// optional that was emptied, in constant expressions; this one is made anew.
template <class Time>
struct previous_time {
    Time at = first_instant<Time>();
    bool known = false;

    constexpr void set(std::optional<Time> const& time) {
        known = time.has_value();
        if (known)
            at = *time;
    }
    [[nodiscard]] constexpr std::optional<Time> get() const {
        return known ? std::optional{at} : std::nullopt;
    }
};

}  // namespace attribution::detail
