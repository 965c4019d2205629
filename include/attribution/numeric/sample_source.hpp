// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// Maps each number to a different one, in which every bit depends on all bits.
constexpr std::uint64_t mixed_bits(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58'476d'1ce4'e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d0'49bb'1331'11ebU;
    return bits ^ (bits >> 31);
}

/// SplitMix64: the same numbers on every platform.
/// Source: Steele, Lea, Flood, 2014, "Fast splittable pseudorandom number generators".
class sample_source {
  public:
    constexpr explicit sample_source(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t next() { return mixed_bits(state_ += 0x9e37'79b9'7f4a'7c15U); }
    /// Uniform below `size`, which is not 0.
    constexpr std::size_t below(std::size_t size) {
        auto const surplus = (0 - std::uint64_t{size}) % size;
        auto drawn = next();
        while (drawn < surplus)
            drawn = next();
        return static_cast<std::size_t>(drawn % size);
    }

  private:
    std::uint64_t state_;
};

}  // namespace attribution::detail
