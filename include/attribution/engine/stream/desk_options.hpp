// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/stream/allowed_lateness.hpp>
#include <attribution/stream/at_once.hpp>
#include <attribution/stream/deduplicate_conversions.hpp>
#include <attribution/stream/keep_everything.hpp>

#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1::detail {

struct no_lateness {};

template <class T>
inline constexpr bool is_lateness = false;
template <class Length>
inline constexpr bool is_lateness<lateness<Length>> = true;

template <class T>
inline constexpr bool is_deduplication = false;
template <class Length>
inline constexpr bool is_deduplication<conversion_deduplication<Length>> = true;

template <class Option>
inline constexpr bool is_live_option =
    is_lateness<Option> || is_deduplication<Option> || std::is_same_v<Option, at_once_fn> ||
    std::is_same_v<Option, keep_everything_fn>;

/// The lengths of all options of a kind.
template <template <class> class Kind, class Option>
constexpr auto length_if_of(Option const&) {
    return std::tuple{};
}
template <template <class> class Kind, class Length>
constexpr auto length_if_of(Kind<Length> const& option) {
    return std::tuple{option.length};
}

/// The length of the only option of that kind, or `None`.
template <template <class> class Kind, class None, class... Options>
constexpr auto length_among(Options const&... options) {
    auto const lengths = std::tuple_cat(length_if_of<Kind>(options)...);
    static_assert(std::tuple_size_v<decltype(lengths)> <= 1,
                  "attribution: live() takes one allowed_lateness(...) and one "
                  "deduplicate_conversions(...)");
    if constexpr (std::tuple_size_v<decltype(lengths)> == 0)
        return None{};
    else
        return std::get<0>(lengths);
}

template <class... Options>
constexpr auto lateness_among(Options const&... options) {
    return length_among<lateness, no_lateness>(options...);
}
template <class... Options>
constexpr auto deduplication_among(Options const&... options) {
    return length_among<conversion_deduplication, no_deduplication>(options...);
}

/// All options of a desk.
template <class Lateness, class Memory, bool AtOnce, bool KeepsEverything>
struct desk_options {
    using lateness_type = Lateness;  // or no_lateness
    using memory_type = Memory;      // how long ids are remembered: a length, for_ever or not
    static constexpr bool at_once = AtOnce;
    static constexpr bool keeps_everything = KeepsEverything;
    static constexpr bool deduplicates = !std::is_same_v<Memory, no_deduplication>;

    [[no_unique_address]] Lateness lateness;
    [[no_unique_address]] Memory memory;
};

/// The options that were given, and defaults for the others.
template <class... Options>
constexpr auto desk_options_of(Options const&... options) {
    auto const lateness = lateness_among(options...);
    auto const memory = deduplication_among(options...);
    return desk_options<std::remove_const_t<decltype(lateness)>,
                        std::remove_const_t<decltype(memory)>,
                        (std::is_same_v<Options, at_once_fn> || ...),
                        (std::is_same_v<Options, keep_everything_fn> || ...)>{lateness, memory};
}

}  // namespace attribution::detail
