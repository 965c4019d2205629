// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/merge_sort.hpp>
#include <attribution/engine/memory/seek.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/engine/values/message.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

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

/// Where a word has the three numbers that tell all about an event, from its upper bits to its lower ones:
/// the group's number within the partition, the ticks since the earliest event, and the row. Words are
/// therefore in the order (group, time, row).
class word_layout {
  public:
    constexpr word_layout() = default;

    /// None if the numbers need more than 63 bits; with one to spare, no bound is too large for a word.
    [[nodiscard]] static constexpr std::optional<word_layout>
    with_room_for(int group_bits, std::uint64_t most_ticks, std::size_t rows) {
        auto const time_bits = static_cast<int>(std::bit_width(most_ticks));
        auto const row_bits = static_cast<int>(std::bit_width(std::max<std::size_t>(rows, 1) - 1));
        return group_bits + time_bits + row_bits < 64
                   ? std::optional{word_layout{time_bits, row_bits}}
                   : std::nullopt;
    }

    [[nodiscard]] constexpr int time_bits() const { return group_at_ - row_bits_; }
    /// The lowest bit of the group's number.
    [[nodiscard]] constexpr int group_at() const { return group_at_; }

    [[nodiscard]] constexpr std::uint64_t word(std::size_t group, std::uint64_t ticks,
                                               std::size_t row) const {
        return std::uint64_t{group} << group_at_ | ticks << row_bits_ | row;
    }
    [[nodiscard]] constexpr std::uint64_t ticks(std::uint64_t word) const {
        return (word & times_) >> row_bits_;
    }
    [[nodiscard]] constexpr std::size_t row(std::uint64_t word) const {
        return static_cast<std::size_t>(word & rows_);
    }

    /// What is greater than those words, of the group of one of them, that have fewer ticks, or with
    /// `more` have no more of them, and not greater than the others of the group.
    [[nodiscard]] constexpr std::uint64_t bound(std::uint64_t word, std::uint64_t ticks,
                                                bool more) const {
        auto const latest = times_ >> row_bits_;
        auto const upto = ticks <= latest ? ticks + more : latest + 1;
        return (word & ~(times_ | rows_)) + (upto << row_bits_);
    }

  private:
    constexpr word_layout(int time_bits, int row_bits)
        : group_at_{time_bits + row_bits}, row_bits_{row_bits},
          times_{((std::uint64_t{1} << time_bits) - 1) << row_bits},
          rows_{(std::uint64_t{1} << row_bits) - 1} {}

    int group_at_ = 0;
    int row_bits_ = 0;
    std::uint64_t times_ = 0;  // the bits of the ticks
    std::uint64_t rows_ = 0;   // the bits of the row
};

/// Events, group after group, each group in the order (time, row): a word for each if there is room in it,
/// otherwise as they are.
template <class Time>
struct event_groups {
    buffer<std::size_t> begins;  // where each group begins, and where the last ends
    buffer<std::uint64_t> words;
    row_of<event<Time>> events;  // unless there are words
    word_layout layout{};
    std::uint64_t earliest = 0;  // instant of the words, as a number that may have wrapped around

    [[nodiscard]] constexpr std::size_t size() const {
        return begins.empty() ? 0 : begins[begins.size() - 1];
    }

    [[nodiscard]] constexpr event<Time> operator[](std::size_t position) const {
        if constexpr (has_ticks<Time>)
            if (!words.empty()) {
                auto const word = words[position];
                return {measure<Time>::make(static_cast<typename measure<Time>::rep>(
                            earliest + layout.ticks(word))),
                        layout.row(word)};
            }
        return events[position];
    }

    /// Puts another row in that place.
    constexpr void set_row(std::size_t position, std::size_t row) {
        if (words.empty())
            events[position].row = row;
        else
            words[position] ^= row ^ layout.row(words[position]);
    }

    /// The position of the first event not before `at` among those at [begin, end), which are of one
    /// group. The search begins at `hint`, which lies in [begin, end].
    [[nodiscard]] constexpr std::size_t first_from(std::size_t begin, std::size_t end,
                                                   Time const& at, std::size_t hint) const {
        if constexpr (has_ticks<Time>)
            if (!words.empty())
                return seek_word(begin, end, hint, at, false);
        return seek(hint, begin, end,
                    [&](std::size_t position) { return events[position].at < at; });
    }

    /// The position of the first event after `at`, likewise.
    [[nodiscard]] constexpr std::size_t first_after(std::size_t begin, std::size_t end,
                                                    Time const& at, std::size_t hint) const {
        if constexpr (has_ticks<Time>)
            if (!words.empty())
                return seek_word(begin, end, hint, at, true);
        return seek(hint, begin, end,
                    [&](std::size_t position) { return !(at < events[position].at); });
    }

  private:
    constexpr std::size_t seek_word(std::size_t begin, std::size_t end, std::size_t hint,
                                    Time const& at, bool after) const {
        if (begin == end)
            return begin;
        auto const ticks = measure<Time>::count(at);
        auto const first = static_cast<typename measure<Time>::rep>(earliest);
        auto const bound =
            ticks < first ? layout.bound(words[begin], 0, false)
                          : layout.bound(words[begin], static_cast<std::uint64_t>(ticks) - earliest,
                                         after);
        return seek(hint, begin, end, [all = words.data(), bound](std::size_t position) {
            return all[position] < bound;
        });
    }
};

/// Puts the words of one partition after another in order, and keeps its buffers.
class word_sorting {
  public:
    /// Sorts `size` words of so many groups, which come in the order of their rows and lie behind
    /// `before` others, and tells where each group begins.
    ///
    /// Complexity: O(words + groups), however the times lie.
    constexpr void operator()(word_layout const& layout, std::uint64_t* words, std::size_t size,
                              std::size_t before, std::size_t* begins, std::size_t groups) {
        auto const slice_bits =
            count(words, size, 0, groups, layout.group_at(), layout.time_bits());
        for (std::size_t i = 0; i < groups; ++i)
            begins[i] = before + ends_[i << slice_bits];
        put_in_order(words, size);
    }

  private:
    static constexpr std::size_t most_buckets = std::size_t{1} << 16;
    static constexpr std::size_t most_inserted = 32;

    /// Cuts the time of each group from `first_group` on, whose number begins at bit `group_at`, into
    /// slices of about two words, and counts the words before each. Returns the bits that number the
    /// slices.
    constexpr int count(std::uint64_t const* words, std::size_t size, std::uint64_t first_group,
                        std::size_t groups, int group_at, int time_bits) {
        auto const slice_bits = std::min(
            time_bits, static_cast<int>(std::bit_width(std::min(size, most_buckets) / groups / 2)));
        slice_at_ = group_at - slice_bits;
        time_bits_ = time_bits - slice_bits;
        first_ = first_group << slice_bits;
        auto const slices = groups << slice_bits;
        ends_.assign(slices + 1, 0);
        auto* const ends = ends_.data();
        for (std::size_t i = 0; i < size; ++i)
            ++ends[(words[i] >> slice_at_) - first_ + 1];
        most_ = 0;
        for (std::size_t i = 0; i < slices; ++i) {
            most_ = std::max(most_, ends[i + 1]);
            ends[i + 1] += ends[i];
        }
        return slice_bits;
    }

    constexpr void put_in_order(std::uint64_t* words, std::size_t size) {
        if (spare_.size() < size)
            spare_.resize_for_overwrite(size);
        auto* const spare = spare_.data();
        auto* const ends = ends_.data();
        auto const slice_at = slice_at_;
        auto const first = first_;
        for (std::size_t i = 0; i < size; ++i)
            spare[ends[(words[i] >> slice_at) - first]++] = words[i];
        if (most_ > most_inserted) [[unlikely]]
            cut_crowded();
        insert(spare, size, words);
    }

    /// Sorts the words of a slice that has many of them by slices of its own.
    constexpr void cut_crowded() {
        word_sorting deeper;
        std::size_t begin = 0;  // by now, ends_[slice] is the slice's end
        for (std::size_t slice = 0; slice + 1 < ends_.size(); ++slice) {
            auto* const words = spare_.data() + begin;
            auto const size = ends_[slice] - begin;
            begin = ends_[slice];
            if (size <= most_inserted || std::is_sorted(words, words + size))
                continue;  // as words of one instant are, whose time cannot be cut any more
            deeper.count(words, size, words[0] >> slice_at_, 1, slice_at_, time_bits_);
            deeper.put_in_order(words, size);
        }
    }

    /// Copies words of which none is far from its place to their places.
    static constexpr void insert(std::uint64_t const* from, std::size_t size, std::uint64_t* to) {
        if (size < 2) {
            std::copy(from, from + size, to);
            return;
        }
        // Two words are held back; the least of them and the next one goes on. Most words are in order
        // then, and no branch has depended on them.
        auto less = std::min(from[0], from[1]);
        auto greater = std::max(from[0], from[1]);
        for (std::size_t i = 2; i < size; ++i) {
            auto const both = from[i] ^ greater;
            auto const next = from[i] ^ (both & (std::uint64_t{0} - (greater < from[i])));
            greater = both ^ next;
            to[i - 2] = next < less ? next : less;
            less = next < less ? less : next;
        }
        to[size - 2] = less;
        to[size - 1] = greater;
        for (std::size_t i = 1; i < size; ++i)
            if (auto const one = to[i]; one < to[i - 1]) [[unlikely]] {
                auto place = i;
                do {
                    to[place] = to[place - 1];
                    --place;
                } while (place > 0 && one < to[place - 1]);
                to[place] = one;
            }
    }

    int slice_at_ = 0;         // the lowest bit of a slice's number
    int time_bits_ = 0;        // below it
    std::uint64_t first_ = 0;  // number of the first slice
    std::size_t most_ = 0;     // words in a slice
    buffer<std::size_t> ends_;
    buffer<std::uint64_t> spare_;
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
        spans_.assign(threads_, span_of_time{});
        for_each_part(threads_, threads_,
                      [&](std::size_t chunk, std::size_t) { count(chunk, group_of, time_of); });
        find_places();
        result_.begins.resize_for_overwrite(groups_ + 1);
        result_.begins[groups_] = total_;
        if constexpr (has_ticks<Time>)
            if (find_layout()) {
                result_.words.resize_for_overwrite(total_);
                scatter(result_.words.data(), group_of, time_of,
                        [layout = result_.layout, earliest = result_.earliest](
                            std::size_t group, Time const& at, std::size_t row) {
                            return layout.word(group, ticks(at) - earliest, row);
                        });
                finish<word_sorting>([this](word_sorting& sort, std::size_t first_group,
                                            std::size_t groups, std::size_t begin,
                                            std::size_t count) {
                    sort(result_.layout, result_.words.data() + begin, count, begin,
                         result_.begins.data() + first_group, groups);
                });
                return std::move(result_);
            }
        resize_for_overwrite(result_.events, total_);
        scatter(result_.events.data(), group_of, time_of,
                [](std::size_t group, Time const& at, std::size_t row) {
                    return event<Time>{at, row | group << row_bits};
                });
        finish<scratch>([this](scratch& space, std::size_t first_group, std::size_t groups,
                               std::size_t begin, std::size_t count) {
            sort_events(space, first_group, groups, begin, count);
        });
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

    static constexpr std::uint64_t ticks(Time const& at) {
        return static_cast<std::uint64_t>(measure<Time>::count(at));
    }

    /// Is there room for an event in a word?
    constexpr bool find_layout() {
        span_of_time all;
        for (auto const& span : spans_) {
            all.first = std::min(all.first, span.first);
            all.last = std::max(all.last, span.last);
        }
        if (total_ == 0)
            return false;
        auto const layout =
            word_layout::with_room_for(shift_, ticks(all.last) - ticks(all.first), rows_);
        if (!layout)
            return false;
        result_.layout = *layout;
        result_.earliest = ticks(all.first);
        return true;
    }

    /// Puts what `make(group's number within the partition, time, row)` makes of each event into its
    /// partition.
    template <class Element, class GroupOf, class TimeOf, class Make>
    constexpr void scatter(Element* all, GroupOf const& group_of, TimeOf const& time_of, Make make) {
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
        std::vector<Space> space(threads_);
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
        auto* const events = result_.events.data() + begin;
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
/// Complexity: O(rows + groups), and a sort of each group of more than a few events that do not
///             come in order of time; 16 bytes per event for 8-byte times, 8 per group.
template <class Time, class GroupOf, class TimeOf>
[[nodiscard]] constexpr event_groups<Time> group_events(std::size_t rows, GroupOf group_of,
                                                        std::size_t groups, TimeOf time_of,
                                                        std::size_t threads = 1) {
    return event_grouping<Time>{rows, groups, threads}(group_of, time_of);
}

}  // namespace attribution::detail
