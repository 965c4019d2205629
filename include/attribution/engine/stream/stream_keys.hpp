// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/engine/values/stable_number.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// The keys of two streams as keys of one type: `probe` refers to a record, `stored` is kept.
template <class Touchpoints, class Conversions>
struct stream_keys {
    using probe = common_key_of<Conversions, Touchpoints>;
    using stored = stored_for<probe>;

    /// Empty if the record's key is missing or a NaN.
    template <class Stream>
    static std::optional<probe> of(Stream const& stream, typename Stream::reference record) {
        decltype(auto) key = stream.key(record);
        static_assert(!std::same_as<probe, std::string_view> ||
                          std::is_lvalue_reference_v<decltype(key)> ||
                          std::same_as<std::remove_cvref_t<decltype(key)>, std::string_view>,
                      "attribution: live() needs text keys that are members of the record, not "
                      "text made on the fly");
        return detail::is_missing(key) ? std::nullopt : std::optional<probe>{value_in(key)};
    }

    /// A number that depends only on the record's key, and not on the bits by which a customer_book
    /// hashes it.
    template <class Stream>
    static std::uint64_t scatter(Stream const& stream, typename Stream::reference record) {
        static_assert(hashes<probe>, "attribution: sharded() needs keys that std::hash can hash");
        auto const key = of(stream, record);
        return key ? scatter_key(*key) : 0;
    }
    static std::uint64_t scatter_key(probe const& key) { return lot_of(key); }
};

}  // namespace attribution::detail
