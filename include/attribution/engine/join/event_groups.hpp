// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/join/event_words.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/memory/seek.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// When something happened, and in which row it is recorded.
template <class Time>
struct event {
    Time at;
    std::size_t row;
};

/// Can instants be counted from the earliest of them on, in 64 bits?
template <class Time>
inline constexpr bool has_ticks = std::integral<typename measure<Time>::rep> &&
                                  sizeof(typename measure<Time>::rep) <= sizeof(std::uint64_t);

/// Events, group after group, each group in the order (time, row): a word for each if there is room
/// in it, otherwise two. Events of times without ticks are as they are.
template <class Time>
struct event_groups {
    using wide_event = std::conditional_t<has_ticks<Time>, word_pair, event<Time>>;

    buffer<std::size_t> begins;  // where each group begins, and where the last ends
    buffer<std::uint64_t> words;
    row_of<wide_event> wide;  // unless there are words
    word_layout layout{};
    pair_layout wide_layout{};
    std::uint64_t earliest = 0;  // instant of the words, as a number that may have wrapped around

    [[nodiscard]] constexpr std::size_t size() const {
        return begins.empty() ? 0 : begins[begins.size() - 1];
    }

    [[nodiscard]] constexpr event<Time> operator[](std::size_t position) const {
        if constexpr (has_ticks<Time>)
            return words.empty() ? event_of(wide_layout, wide[position])
                                 : event_of(layout, words[position]);
        else
            return wide[position];
    }

    /// Announces that the events of a group will be asked for soon.
    constexpr void prefetch(std::size_t group) const {
        auto const first = begins[group];
        auto const end = begins[group + 1];
        detail::prefetch(words.empty() ? static_cast<void const*>(wide.data() + first)
                                       : words.data() + first);
        detail::prefetch(words.empty() ? static_cast<void const*>(wide.data() + end)
                                       : words.data() + end);
    }

    /// Puts another row in that place.
    constexpr void set_row(std::size_t position, std::size_t row) {
        if constexpr (!has_ticks<Time>)
            wide[position].row = row;
        else if (words.empty())
            wide[position].lower ^= row ^ pair_layout::row(wide[position]);
        else
            words[position] ^= row ^ layout.row(words[position]);
    }

    /// The position of the first event not before `at` among those at [begin, end), which are of one
    /// group. The search begins at `hint`, which lies in [begin, end].
    [[nodiscard]] constexpr std::size_t first_from(std::size_t begin, std::size_t end,
                                                   Time const& at, std::size_t hint) const {
        return seek_from(begin, end, hint, at, false);
    }

    /// The position of the first event after `at`, likewise.
    [[nodiscard]] constexpr std::size_t first_after(std::size_t begin, std::size_t end,
                                                    Time const& at, std::size_t hint) const {
        return seek_from(begin, end, hint, at, true);
    }

  private:
    template <class Layout>
    constexpr event<Time> event_of(Layout const& of, typename Layout::word_type const& word) const {
        return {measure<Time>::make(
                    static_cast<typename measure<Time>::rep>(earliest + of.ticks(word))),
                of.row(word)};
    }

    constexpr std::size_t seek_from(std::size_t begin, std::size_t end, std::size_t hint,
                                    Time const& at, bool after) const {
        if constexpr (has_ticks<Time>)
            return words.empty() ? seek_pair(begin, end, hint, at, after)
                                 : seek_word(begin, end, hint, at, after);
        else
            return seek(hint, begin, end, [&](std::size_t position) {
                return after ? !(at < wide[position].at) : wide[position].at < at;
            });
    }

    ATTRIBUTION_OUT_OF_LINE constexpr std::size_t seek_pair(std::size_t begin, std::size_t end,
                                                            std::size_t hint, Time const& at,
                                                            bool after) const {
        if (begin == end)
            return begin;
        auto const bound = bound_of(wide_layout, wide[begin], at, after);
        auto const* const all = wide.data();
        auto const place = seek(hint, begin, end, [all, bound](std::size_t position) {
            return all[position].upper < bound.upper;
        });
        if (place < end && all[place] < bound) [[unlikely]]  // by the bits in the lower word
            return detail::gallop(place, place, end, [all, bound](std::size_t position) {
                return all[position] < bound;
            });
        return place;
    }

    constexpr std::size_t seek_word(std::size_t begin, std::size_t end, std::size_t hint,
                                    Time const& at, bool after) const {
        if (begin == end)
            return begin;
        return seek(hint, begin, end,
                    [all = words.data(), bound = bound_of(layout, words[begin], at, after)](
                        std::size_t position) { return all[position] < bound; });
    }

    template <class Layout>
    constexpr auto bound_of(Layout const& of, typename Layout::word_type const& word,
                            Time const& at, bool after) const {
        auto const ticks = measure<Time>::count(at);
        auto const first = static_cast<typename measure<Time>::rep>(earliest);
        return ticks < first ? of.bound(word, 0, false)
                             : of.bound(word, static_cast<std::uint64_t>(ticks) - earliest, after);
    }
};

}  // namespace attribution::detail
