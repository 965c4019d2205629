// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstddef>
#include <map>

namespace attribution::inline v0_1::detail {

/// What each of many records has earned, exactly as a `running_total` for each would say it, in 16 bytes
/// instead of 600: amounts of ordinary size are added as whole units. What has no room in them is kept
/// in order of its record.
///
/// Errors:     `value` throws std::overflow_error if the sum does not fit into the amount's type.
/// Complexity: O(1) per amount of ordinary size, from 2^-24 up to 2^34; O(log n) for n others.
template <amount Amount>
class record_totals {
  public:
    /// The number of a new record, which has earned nothing.
    std::size_t append() {
        units_.push_back(int128{});
        return units_.size() - 1;
    }

    void add(std::size_t record, Amount const& part) {
        using addend = typename running_total<Amount>::addend;
        addend const one{part};
        if (one.is_zero())
            return;
        auto& units = units_[record];
        if constexpr (!std::floating_point<Amount>) {
            units += one.units();
        } else if (one.whole()) [[likely]] {
            constexpr auto most = int128{1} << 125;
            if (units > most || units < -most) [[unlikely]] {
                others_[record].add_units(units);
                units = 0;
            }
            units += one.units();
        } else {
            others_[record].add(one);
        }
    }

    [[nodiscard]] Amount value(std::size_t record) const {
        auto const& units = units_[record];
        if (others_.empty()) {
            if (units == 0)
                return Amount{};
            if constexpr (std::same_as<Amount, double>)  // one rounding: a unit is a power of two
                return static_cast<double>(units) * unit;
        }
        running_total<Amount> all;
        if (auto const place = others_.find(record); place != others_.end())
            all = place->second;
        all.add_units(units);
        return all.value();
    }

  private:
    static constexpr double unit =
        1 / static_cast<double>(typename running_total<double>::addend{1.0}.units());

    buffer<int128> units_;
    std::map<std::size_t, running_total<Amount>> others_;
};

}  // namespace attribution::detail
