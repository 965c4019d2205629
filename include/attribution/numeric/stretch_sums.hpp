// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>
#include <attribution/numeric/wide_sum.hpp>

#include <cstddef>
#include <limits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// By how much a sum differs from that of the position before.
struct stretch_change {
    wide_sum amount_units{};
    wide_sum shares{};
    std::size_t credits = 0;
};

/// Adds to whole stretches of positions in constant time. Only the changes at their ends are kept;
/// they are added up when the sums are read (a difference array).
///
/// `Sum` has amount_units, shares and credits; `Changes` is a vector of changes.
template <class Sum, class Changes = std::vector<stretch_change>>
class stretch_sums {
  public:
    /// Can `one` be added to [first, last), or must the sums be emptied first? Stretches that
    /// neither touch nor overlap are not kept together, so that emptying never costs more than the
    /// stretches are long.
    [[nodiscard]] constexpr bool takes(std::size_t first, Sum const& one) const {
        return changes_.empty() || (begin_ <= first && first < begin_ + changes_.size() &&
                                    size_of(one) <= most - size_);
    }

    constexpr void add(std::size_t first, std::size_t last, Sum const& one) {
        if (changes_.empty())
            begin_ = first;
        if (changes_.size() < last - begin_ + 1)
            changes_.resize(last - begin_ + 1, stretch_change{});
        size_ += size_of(one);
        auto& from = changes_[first - begin_];
        from.amount_units.add(one.amount_units);
        from.shares.add(one.shares);
        from.credits += one.credits;
        auto& until = changes_[last - begin_];
        until.amount_units.add(-one.amount_units);
        until.shares.add(-one.shares);
        until.credits -= one.credits;  // wraps around, and back again when added up
    }

    /// Do most of the positions lie before `first`, which is one of them? If stretches begin later and
    /// later, these are final, and emptying them now and then bounds the memory by the longest stretches.
    [[nodiscard]] constexpr bool mostly_before(std::size_t first) const {
        constexpr std::size_t worth_moving_the_others = 512;
        auto const before = first - begin_;
        return before >= worth_moving_the_others && before >= changes_.size() - before;
    }

    /// Calls `take(position, sum)` for the positions before `end`, mostly all, that have been added to,
    /// and forgets their sums.
    template <class Take>
    constexpr void empty_into(Take take, std::size_t end = static_cast<std::size_t>(-1)) {
        Sum sum{};
        std::size_t gone = 0;
        for (; gone < changes_.size() && begin_ + gone < end; ++gone) {
            auto const& change = changes_[gone];
            sum.amount_units += change.amount_units.value();
            sum.shares += change.shares.value();
            sum.credits += change.credits;
            if (sum.credits != 0)
                take(begin_ + gone, sum);
        }
        if (gone == changes_.size()) {
            changes_.clear();
            size_ = 0;
            return;
        }
        for (std::size_t i = gone; i < changes_.size(); ++i)
            changes_[i - gone] = changes_[i];
        changes_.resize(changes_.size() - gone, stretch_change{});
        begin_ += gone;
        changes_[0].amount_units.add(sum.amount_units);
        changes_[0].shares.add(sum.shares);
        changes_[0].credits += sum.credits;
    }

  private:
    /// No sum can exceed the sum of all magnitudes, which must stay below this.
    static constexpr uint128 most = uint128{1} << 126;

    static constexpr uint128 size_of(Sum const& one) {
        return static_cast<uint128>(one.amount_units < 0 ? -one.amount_units : one.amount_units);
    }

    Changes changes_;
    std::size_t begin_ = 0;
    uint128 size_ = 0;
};

}  // namespace attribution::detail
