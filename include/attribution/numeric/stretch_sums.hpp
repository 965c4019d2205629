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

    /// Calls `take(position, sum)` for all positions that have been added to, and forgets the sums.
    template <class Take>
    constexpr void empty_into(Take take) {
        auto [units, shares, credits] = Sum{};
        auto position = begin_;
        for (auto const& change : changes_) {
            units += change.amount_units.value();
            shares += change.shares.value();
            credits += change.credits;
            if (credits != 0)
                take(position, Sum{units, shares, credits});
            ++position;
        }
        changes_.clear();
        size_ = 0;
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
