// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/merge_sort.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/engine/values/message.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// When something happened, and in which row it is recorded.
template <class Time>
struct event {
    Time at;
    std::size_t row;
};

/// Events, group after group, each group in the order (time, row).
template <class Time>
struct event_groups {
    row_of<event<Time>> events;
    buffer<std::size_t> begins;  // where each group begins, and where the last ends

    [[nodiscard]] constexpr std::span<event<Time> const> of(std::size_t group) const {
        return {events.data() + begins[group], begins[group + 1] - begins[group]};
    }
};

/// The group number of an event that belongs to no group.
inline constexpr std::size_t no_group = static_cast<std::size_t>(-1);

/// One run of `group_events`: partition by the upper bits of the group's number, then finish each
/// partition while it is in the cache. Only `count` and `scatter` depend on the records.
template <class Time>
class event_grouping {
  public:
    constexpr event_grouping(std::size_t rows, std::size_t groups, std::size_t threads)
        : rows_{rows}, groups_{groups}, threads_{std::min(threads, rows / events_per_part + 1)} {
        if (rows > row_mask)
            throw std::length_error{message({"join: more than 2^", std::size_t{row_bits},
                                             " records; join them in parts, by key"})};
        while (groups > 1 && (groups - 1) >> shift_ >= wanted_parts() && shift_ < local_bits)
            ++shift_;
        parts_ = groups == 0 ? 0 : ((groups - 1) >> shift_) + 1;
    }

    template <class GroupOf, class TimeOf>
    constexpr event_groups<Time> operator()(GroupOf const& group_of, TimeOf const& time_of) {
        places_.assign(threads_ * parts_, 0);
        for_each_part(threads_, threads_,
                      [&](std::size_t chunk, std::size_t) { count(chunk, group_of); });
        find_places();
        resize_for_overwrite(result_.events, total_);
        for_each_part(threads_, threads_,
                      [&](std::size_t chunk, std::size_t) { scatter(chunk, group_of, time_of); });
        finish();
        return std::move(result_);
    }

  private:
    // A row and the group's number within its partition share one word until they are in order. Where
    // a word has 32 bits, memory ends before there are 2^26 records.
    static constexpr int word_bits = std::numeric_limits<std::size_t>::digits;
    static constexpr int row_bits = word_bits >= 64 ? 40 : 26;
    static constexpr int local_bits = word_bits >= 64 ? 24 : word_bits - row_bits;
    static constexpr std::size_t row_mask = (std::size_t{1} << row_bits) - 1;
    static constexpr std::size_t events_per_part = 8192;  // 128 KiB of 16 bytes each
    static constexpr std::size_t most_parts = 2048;
    static constexpr std::size_t most_ranked = 24;

    struct scratch {
        buffer<std::size_t> ends;
        row_of<event<Time>> events;
    };

    constexpr std::size_t wanted_parts() const {
        return std::min(rows_ / events_per_part + 1, most_parts);
    }

    constexpr std::size_t first_row(std::size_t chunk) const {
        return chunk * (rows_ / threads_) + std::min(chunk, rows_ % threads_);
    }

    /// Counts a chunk's events of each partition. (Functions by value stay in registers.)
    template <class GroupOf>
    constexpr void count(std::size_t chunk, GroupOf group_of) {
        auto* const counts = places_.data() + chunk * parts_;
        auto const last = first_row(chunk + 1);
        auto const shift = shift_;
        for (auto row = first_row(chunk); row < last; ++row)
            if (auto const group = group_of(row); group != no_group)
                ++counts[group >> shift];
    }

    /// Finds where each chunk of rows puts its events of each partition, and how many events there
    /// are.
    constexpr void find_places() {
        ends_.assign(parts_, 0);
        for (std::size_t part = 0; part < parts_; ++part) {
            for (std::size_t chunk = 0; chunk < threads_; ++chunk) {
                auto const events = places_[chunk * parts_ + part];
                places_[chunk * parts_ + part] = total_;
                total_ += events;
            }
            ends_[part] = total_;
        }
    }

    template <class GroupOf, class TimeOf>
    constexpr void scatter(std::size_t chunk, GroupOf group_of, TimeOf time_of) {
        auto* const places = places_.data() + chunk * parts_;
        auto* const events = result_.events.data();
        auto const last = first_row(chunk + 1);
        auto const shift = shift_;
        auto const local = (std::size_t{1} << shift) - 1;
        for (auto row = first_row(chunk); row < last; ++row)
            if (auto const group = group_of(row); group != no_group)
                events[places[group >> shift]++] = {time_of(row), row | (group & local)
                                                                            << row_bits};
    }

    constexpr void finish() {
        result_.begins.resize_for_overwrite(groups_ + 1);
        result_.begins[groups_] = total_;
        std::vector<scratch> space(threads_);
        for_each_part(parts_, threads_,
                      [&](std::size_t part, std::size_t thread) { finish(part, space[thread]); });
    }

    constexpr void finish(std::size_t part, scratch& space) {
        auto const first_group = part << shift_;
        auto const groups = std::min(groups_ - first_group, std::size_t{1} << shift_);
        auto const begin = part == 0 ? 0 : ends_[part - 1];
        auto* const events = result_.events.data() + begin;
        auto const count = ends_[part] - begin;
        auto& ends = space.ends;
        ends.assign(groups + 1, 0);
        for (std::size_t i = 0; i < count; ++i)
            ++ends[(events[i].row >> row_bits) + 1];
        for (std::size_t i = 0; i < groups; ++i) {
            ends[i + 1] += ends[i];
            result_.begins[first_group + i] = begin + ends[i];
        }
        if (space.events.size() < count)
            resize_for_overwrite(space.events, count);
        auto* const by_row = space.events.data();
        for (std::size_t i = 0; i < count; ++i)
            by_row[ends[events[i].row >> row_bits]++] = {events[i].at, events[i].row & row_mask};
        std::size_t first = 0;  // by now, ends[group] is the group's end
        for (std::size_t group = 0; group < groups; ++group) {
            put_in_order(by_row + first, ends[group] - first, events + first);
            first = ends[group];
        }
    }

    /// Sorts by (time, row) events that come in the order of their rows.
    static constexpr void put_in_order(event<Time>* from, std::size_t size, event<Time>* to) {
        if (size > most_ranked) {
            auto const by_time = [](event<Time> const& a, event<Time> const& b) {
                return a.at < b.at;
            };
            auto const* const sorted = std::is_sorted(from, from + size, by_time)
                                           ? from
                                           : detail::merge_sort(from, to, size, by_time);
            if (sorted != to)
                std::copy(sorted, sorted + size, to);
            return;
        }
        // The rank of each event is the number of events before it: more comparisons, but no
        // branch.
        std::array<std::uint32_t, most_ranked> rank{};
        for (std::size_t i = 1; i < size; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                auto const overtakes = static_cast<std::uint32_t>(from[i].at < from[j].at);
                rank[j] += overtakes;
                rank[i] += 1 - overtakes;
            }
        for (std::size_t i = 0; i < size; ++i)
            to[rank[i]] = from[i];
    }

    std::size_t rows_;
    std::size_t groups_;
    std::size_t threads_;
    std::size_t total_ = 0;
    int shift_ = 0;
    std::size_t parts_ = 0;
    buffer<std::size_t> places_;
    buffer<std::size_t> ends_;
    event_groups<Time> result_;
};

/// Brings the events of each group together and in order of time.
///
/// Shape:      rows 0 .. rows - 1, `group_of(row)` below `groups` or `no_group`, `time_of(row)`.
/// Edges:      events at one instant stay in the order of their rows.
/// Complexity: O(rows + groups), and a sort of each group of more than a few events that do not
///             come in order of time; 16 bytes per event for 8-byte times, 8 per group.
template <class Time, class GroupOf, class TimeOf>
[[nodiscard]] constexpr event_groups<Time> group_events(std::size_t rows, GroupOf group_of,
                                                        std::size_t groups, TimeOf time_of,
                                                        std::size_t threads = 1) {
    return event_grouping<Time>{rows, groups, threads}(group_of, time_of);
}

}  // namespace attribution::detail
