// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/join/event_words.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/copies.hpp>
#include <attribution/engine/memory/merge_sort.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/engine/values/message.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace attribution::inline v0_1::detail {

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
        places_.assign(threads_ * parts_, 0);
        spans_.assign(threads_, span_of_time{});
    }

    template <class GroupOf, class TimeOf>
    constexpr event_groups<Time> operator()(GroupOf const& group_of, TimeOf const& time_of) {
        for_each_part(threads_, threads_,
                      [&](std::size_t chunk, std::size_t) { count(chunk, group_of, time_of); });
        auto const one_word = make_room();
        if constexpr (has_ticks<Time>) {
            if (one_word)
                group_words(result_.layout, result_.words, group_of, time_of);
            else
                group_words(result_.wide_layout, result_.wide, group_of, time_of);
        } else {
            scatter(result_.wide.data(), group_of, time_of,
                    [](std::size_t group, Time const& at, std::size_t row) {
                        return event<Time>{at, row | group << row_bits};
                    });
            finish<scratch>([this](scratch& space, std::size_t first_group, std::size_t groups,
                                   std::size_t begin, std::size_t count) {
                sort_events(space, first_group, groups, begin, count);
            });
        }
        return std::move(result_);
    }

  private:
    // A row and the group's number within its partition share one word until they are in order; for ticks,
    // a pair of words has another 64 bits and one to spare. Where a word has 32 bits, memory ends before
    // there are 2^26 records.
    static constexpr int word_bits = std::numeric_limits<std::size_t>::digits;
    static constexpr int row_bits = word_bits >= 64 ? 40 : 26;
    static constexpr int local_bits = word_bits >= 64 ? 23 : word_bits - row_bits;
    static constexpr std::size_t row_mask = (std::size_t{1} << row_bits) - 1;
    static constexpr std::size_t events_per_part = 8192;  // 64 KiB of words
    static constexpr std::size_t most_parts = 2048;
    static constexpr std::size_t most_ranked = 24;

    struct scratch {
        buffer<std::size_t> ends;
        row_of<event<Time>> events;
    };

    struct span_of_time {
        Time first = last_instant<Time>();
        Time last = first_instant<Time>();
    };

    constexpr std::size_t wanted_parts() const {
        return std::min(rows_ / events_per_part + 1, most_parts);
    }

    constexpr std::size_t first_row(std::size_t chunk) const {
        return chunk * (rows_ / threads_) + std::min(chunk, rows_ % threads_);
    }

    /// Counts a chunk's events of each partition, and finds the first and the last instant of those
    /// that can be counted. (Functions by value stay in registers.)
    template <class GroupOf, class TimeOf>
    constexpr void count(std::size_t chunk, GroupOf group_of, TimeOf time_of) {
        auto* const counts = places_.data() + chunk * parts_;
        auto const last = first_row(chunk + 1);
        auto const shift = shift_;
        span_of_time span;
        for (auto row = first_row(chunk); row < last; ++row)
            if (auto const group = group_of(row); group != no_group) {
                ++counts[group >> shift];
                if constexpr (has_ticks<Time>) {
                    auto const at = time_of(row);
                    span.first = at < span.first ? at : span.first;
                    span.last = span.last < at ? at : span.last;
                }
            }
        spans_[chunk] = span;
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

    /// Makes room for the events, which have been counted. Is one word enough for each? Like all that knows
    /// nothing of the records, compiled once for both sides.
    ATTRIBUTION_OUT_OF_LINE constexpr bool make_room() {
        find_places();
        result_.begins.resize_for_overwrite(groups_ + 1);
        result_.begins[groups_] = total_;
        if constexpr (has_ticks<Time>) {
            auto const span = span_of_all();
            result_.earliest = ticks(span.first);
            auto const most_ticks = ticks(span.last) - result_.earliest;
            if (word_layout::has_room(shift_, most_ticks, rows_)) {
                result_.layout = {most_ticks, rows_};
                result_.words.resize_for_overwrite(total_);
                return true;
            }
            result_.wide_layout = {shift_, most_ticks};
        }
        resize_for_overwrite(result_.wide, total_);
        return false;
    }

    static constexpr std::uint64_t ticks(Time const& at) {
        return static_cast<std::uint64_t>(measure<Time>::count(at));
    }

    constexpr span_of_time span_of_all() const {
        span_of_time all;
        for (auto const& span : spans_) {
            all.first = std::min(all.first, span.first);
            all.last = std::max(all.last, span.last);
        }
        return total_ == 0 ? span_of_time{all.first, all.first} : all;
    }

    template <class Layout, class GroupOf, class TimeOf>
    constexpr void group_words(Layout const& layout, buffer<typename Layout::word_type>& words,
                               GroupOf const& group_of, TimeOf const& time_of) {
        scatter(words.data(), group_of, time_of,
                [layout, earliest = result_.earliest](std::size_t group, Time const& at,
                                                      std::size_t row) {
                    return layout.word(group, ticks(at) - earliest, row);
                });
        finish_words(layout, words);
    }

    template <class Layout>
    ATTRIBUTION_OUT_OF_LINE constexpr void finish_words(Layout const& layout,
                                                        buffer<typename Layout::word_type>& words) {
        finish<word_sorting<Layout>>([&](word_sorting<Layout>& sort, std::size_t first_group,
                                         std::size_t groups, std::size_t begin, std::size_t count) {
            sort(layout, words.data() + begin, count, begin, result_.begins.data() + first_group,
                 groups);
        });
    }

    /// Puts what `make(group's number within the partition, time, row)` makes of each event into its
    /// partition.
    template <class Element, class GroupOf, class TimeOf, class Make>
    constexpr void scatter(Element* all, GroupOf const& group_of, TimeOf const& time_of,
                           Make make) {
        for_each_part(threads_, threads_, [&](std::size_t chunk, std::size_t) {
            scatter(chunk, all, group_of, time_of, make);
        });
    }
    template <class Element, class GroupOf, class TimeOf, class Make>
    constexpr void scatter(std::size_t chunk, Element* all, GroupOf group_of, TimeOf time_of,
                           Make make) {
        auto* const places = places_.data() + chunk * parts_;
        auto const last = first_row(chunk + 1);
        auto const shift = shift_;
        auto const local = (std::size_t{1} << shift) - 1;
        for (auto row = first_row(chunk); row < last; ++row)
            if (auto const group = group_of(row); group != no_group)
                all[places[group >> shift]++] = make(group & local, time_of(row), row);
    }

    /// Calls `sort(space, first group, groups, begin, events)` for each partition.
    template <class Space, class Sort>
    constexpr void finish(Sort sort) {
        copies<Space> space{threads_, Space{}};
        for_each_part(parts_, threads_, [&](std::size_t part, std::size_t thread) {
            auto const first_group = part << shift_;
            auto const begin = part == 0 ? 0 : ends_[part - 1];
            sort(space[thread], first_group,
                 std::min(groups_ - first_group, std::size_t{1} << shift_), begin,
                 ends_[part] - begin);
        });
    }

    constexpr void sort_events(scratch& space, std::size_t first_group, std::size_t groups,
                               std::size_t begin, std::size_t count) {
        auto* const events = result_.wide.data() + begin;
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
    row_of<span_of_time> spans_;
    event_groups<Time> result_;
};

/// Brings the events of each group together and in order of time.
///
/// Shape:      rows 0 .. rows - 1, `group_of(row)` below `groups` or `no_group`, `time_of(row)`.
/// Edges:      events at one instant stay in the order of their rows.
/// Complexity: O(rows + groups) where times have ticks, and 8 bytes per event where its group, its time and
///             its row have room in a word, otherwise 16. Of other times a sort of each group of more than
///             a few events that do not come in order of time. 8 bytes per group.
template <class Time, class GroupOf, class TimeOf>
[[nodiscard]] constexpr event_groups<Time> group_events(std::size_t rows, GroupOf group_of,
                                                        std::size_t groups, TimeOf time_of,
                                                        std::size_t threads = 1) {
    return event_grouping<Time>{rows, groups, threads}(group_of, time_of);
}

}  // namespace attribution::detail
