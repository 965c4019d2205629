// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/merge_sort.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Events that are one word each, or two, so that they are sorted as numbers. Knows nothing of the types of
/// times, and so is compiled once for all of them.
namespace attribution::inline v0_1::detail {

/// Where a word has the three numbers that tell all about an event, from its upper bits to its lower ones:
/// the group's number within the partition, the ticks since the earliest event, and the row. Words are
/// therefore in the order (group, time, row).
class word_layout {
  public:
    using word_type = std::uint64_t;

    constexpr word_layout() = default;

    /// There must be room.
    constexpr word_layout(std::uint64_t most_ticks, std::size_t rows)
        : group_at_{bits_of(most_ticks) + bits_of_row(rows)}, row_bits_{bits_of_row(rows)},
          times_{lowest(bits_of(most_ticks)) << row_bits_}, rows_{lowest(row_bits_)} {}

    /// Is there room for the numbers in 63 bits? With one to spare, no bound is too large for a word.
    [[nodiscard]] static constexpr bool has_room(int group_bits, std::uint64_t most_ticks,
                                                 std::size_t rows) {
        return group_bits + bits_of(most_ticks) + bits_of_row(rows) < 64;
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
        auto const upto = ticks <= latest ? ticks + std::uint64_t{more} : latest + 1;
        return (word & ~(times_ | rows_)) + (upto << row_bits_);
    }

  private:
    static constexpr int bits_of(std::uint64_t most) {
        return static_cast<int>(std::bit_width(most));
    }
    static constexpr int bits_of_row(std::size_t rows) { return rows == 0 ? 0 : bits_of(rows - 1); }
    static constexpr std::uint64_t lowest(int bits) { return (std::uint64_t{1} << bits) - 1; }

    int group_at_ = 0;
    int row_bits_ = 0;
    std::uint64_t times_ = 0;  // the bits of the ticks
    std::uint64_t rows_ = 0;   // the bits of the row
};

/// A word whose 64 bits are not enough, and another that has the rest.
struct word_pair {
    std::uint64_t upper = 0;
    std::uint64_t lower = 0;

    friend constexpr bool operator==(word_pair const&, word_pair const&) = default;
    friend constexpr bool operator<(word_pair const& a, word_pair const& b) {
        return a.upper < b.upper || (a.upper == b.upper && a.lower < b.lower);
    }
};

/// Where a pair of words has the three numbers if one word has no room for them. The upper word has the
/// group's number and the ticks; the lower one has the row and, above it, those of the ticks' lowest bits for
/// which the upper one has no room in 63 bits. Pairs are therefore in the order (group, time, row).
class pair_layout {
  public:
    using word_type = word_pair;

    constexpr pair_layout() = default;

    /// The group's number has at most 23 bits, a row 40: there is room for all ticks.
    constexpr pair_layout(int group_bits, std::uint64_t most_ticks)
        : cut_{std::max(0, group_bits + static_cast<int>(std::bit_width(most_ticks)) - 63)},
          time_bits_{static_cast<int>(std::bit_width(most_ticks)) - cut_}, latest_{most_ticks} {}

    [[nodiscard]] constexpr int time_bits() const { return time_bits_; }
    /// The lowest bit of the group's number, in the upper word as all that sorting asks for.
    [[nodiscard]] constexpr int group_at() const { return time_bits_; }

    [[nodiscard]] constexpr word_pair word(std::size_t group, std::uint64_t ticks,
                                           std::size_t row) const {
        return {std::uint64_t{group} << time_bits_ | ticks >> cut_,
                (ticks & lowest(cut_)) << row_bits | row};
    }
    [[nodiscard]] constexpr std::uint64_t ticks(word_pair const& word) const {
        return (word.upper & lowest(time_bits_)) << cut_ | word.lower >> row_bits;
    }
    [[nodiscard]] static constexpr std::size_t row(word_pair const& word) {
        return static_cast<std::size_t>(word.lower & lowest(row_bits));
    }

    /// What is greater than those pairs of the group of one of them that come before, and not greater than
    /// the others of the group; as of `word_layout`.
    [[nodiscard]] constexpr word_pair bound(word_pair const& word, std::uint64_t ticks,
                                            bool more) const {
        auto const group = word.upper & ~lowest(time_bits_);
        if (more ? ticks >= latest_ : ticks > latest_)
            return {group + lowest(time_bits_) + 1, 0};
        auto const upto = ticks + std::uint64_t{more};
        return {group | upto >> cut_, (upto & lowest(cut_)) << row_bits};
    }

  private:
    static constexpr int row_bits = 40;

    static constexpr std::uint64_t lowest(int bits) { return (std::uint64_t{1} << bits) - 1; }

    int cut_ = 0;        // the lowest bits of the ticks
    int time_bits_ = 0;  // the others
    std::uint64_t latest_ = 0;
};

/// The bits of a word from one on.
constexpr std::uint64_t from_bit(std::uint64_t word, int bit) {
    return word >> bit;
}
constexpr std::uint64_t from_bit(word_pair const& word, int bit) {
    return word.upper >> bit;
}

/// Puts the lesser of two words first, by no branch; of pairs the one with the lesser upper word.
constexpr void put_lesser_first(std::uint64_t& a, std::uint64_t& b) {
    auto const lesser = b < a ? b : a;
    b = b < a ? a : b;
    a = lesser;
}
constexpr void put_lesser_first(word_pair& a, word_pair& b) {
    auto const other = std::uint64_t{0} - std::uint64_t{b.upper < a.upper};
    auto const upper = (a.upper ^ b.upper) & other;
    auto const lower = (a.lower ^ b.lower) & other;
    a = {a.upper ^ upper, a.lower ^ lower};
    b = {b.upper ^ upper, b.lower ^ lower};
}

/// Puts the words of one partition after another in order, and keeps its buffers.
template <class Layout>
class word_sorting {
  public:
    using word_type = typename Layout::word_type;

    /// Sorts `size` words of so many groups, which come in the order of their rows and lie behind
    /// `before` others, and tells where each group begins.
    ///
    /// Complexity: O(words + groups), however the times lie; O(n log n) for n pairs, out of order, whose
    ///             upper words are equal.
    constexpr void operator()(Layout const& layout, word_type* words, std::size_t size,
                              std::size_t before, std::size_t* begins, std::size_t groups) {
        auto const slice_bits =
            count(words, size, 0, groups, layout.group_at(), layout.time_bits());
        for (std::size_t i = 0; i < groups; ++i)
            begins[i] = before + ends_[i << slice_bits];
        put_in_order(words, size);
    }

  private:
    static constexpr std::size_t most_slices = std::size_t{1} << 16;
    static constexpr std::size_t most_inserted = 32;

    /// Cuts the time of each group from `first_group` on, whose number begins at bit `group_at`, into
    /// slices of about two words, and counts the words before each. Returns the bits that number the
    /// slices.
    ATTRIBUTION_OUT_OF_LINE constexpr int count(word_type const* words, std::size_t size,
                                                std::uint64_t first_group, std::size_t groups,
                                                int group_at, int time_bits) {
        auto const slice_bits = std::min(
            time_bits, static_cast<int>(std::bit_width(std::min(size, most_slices) / groups / 2)));
        slice_at_ = group_at - slice_bits;
        time_bits_ = time_bits - slice_bits;
        first_ = first_group << slice_bits;
        auto const slices = groups << slice_bits;
        ends_.assign(slices + 1, 0);
        auto* const ends = ends_.data();
        for (std::size_t i = 0; i < size; ++i)
            ++ends[from_bit(words[i], slice_at_) - first_ + 1];
        most_ = 0;
        for (std::size_t i = 0; i < slices; ++i) {
            most_ = std::max(most_, ends[i + 1]);
            ends[i + 1] += ends[i];
        }
        return slice_bits;
    }

    constexpr void put_in_order(word_type* words, std::size_t size) {
        if (spare_.size() < size)
            spare_.resize_for_overwrite(size);
        auto* const spare = spare_.data();
        auto* const ends = ends_.data();
        auto const slice_at = slice_at_;
        auto const first = first_;
        for (std::size_t i = 0; i < size; ++i)
            spare[ends[from_bit(words[i], slice_at) - first]++] = words[i];
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
            if constexpr (std::is_same_v<Layout, pair_layout>)
                if (time_bits_ == 0) {
                    sort_pairs(words, size);
                    continue;
                }
            deeper.count(words, size, from_bit(words[0], slice_at_), 1, slice_at_, time_bits_);
            deeper.put_in_order(words, size);
        }
    }

    /// Sorts pairs with equal upper words.
    static constexpr void sort_pairs(word_type* words, std::size_t size) {
        buffer<word_type> spare;
        spare.resize_for_overwrite(size);
        auto const* const sorted =
            detail::merge_sort(words, spare.data(), size,
                               [](word_type const& a, word_type const& b) { return a < b; });
        if (sorted != words)
            std::copy(sorted, sorted + size, words);
    }

    /// Copies words of which none is far from its place to their places.
    static constexpr void insert(word_type const* from, std::size_t size, word_type* to) {
        if (size < 2) {
            std::copy(from, from + size, to);
            return;
        }
        // Two words are held back; the least of them and the next one goes on. Most words are in order
        // then, and no branch has depended on them.
        auto less = from[0];
        auto greater = from[1];
        put_lesser_first(less, greater);
        for (std::size_t i = 2; i < size; ++i) {
            auto next = from[i];
            put_lesser_first(next, greater);
            put_lesser_first(less, next);
            to[i - 2] = less;
            less = next;
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
    buffer<word_type> spare_;
};

}  // namespace attribution::detail
