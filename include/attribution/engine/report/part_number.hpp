// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>

#include <cstddef>

namespace attribution::inline v0_1::detail {

/// The number of a policy's part, or no_row, in three bytes: there is one for each record.
class part_number {
  public:
    static constexpr std::size_t most_parts = 0xFF'FFFF;

    constexpr part_number() = default;
    /// The number is no_row or less than `most_parts`.
    constexpr part_number(std::size_t number)
        : low_{static_cast<unsigned char>(number)}, middle_{static_cast<unsigned char>(number >>
                                                                                       8)},
          high_{static_cast<unsigned char>(number >> 16)} {}

    constexpr operator std::size_t() const {
        auto const number =
            std::size_t{low_} | std::size_t{middle_} << 8 | std::size_t{high_} << 16;
        return number == most_parts ? no_row : number;
    }

  private:
    unsigned char low_ = 0xFF, middle_ = 0xFF, high_ = 0xFF;
};

}  // namespace attribution::detail
