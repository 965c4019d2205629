// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace support {

/// The same numbers everywhere, unlike the distributions of <random>. Source: SplitMix64, Steele,
/// Lea & Flood, 2014, "Fast splittable pseudorandom number generators".
class random_numbers {
  public:
    constexpr explicit random_numbers(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t bits() {
        auto mixed = state_ += 0x9e37'79b9'7f4a'7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11eb;
        return mixed ^ (mixed >> 31);
    }

    /// 0 .. limit - 1
    constexpr std::size_t below(std::size_t limit) { return bits() % limit; }
    constexpr std::int64_t between(std::int64_t least, std::int64_t most) {
        return least +
               static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(most - least + 1));
    }
    /// True once in `n` times.
    constexpr bool chance(std::size_t n) { return below(n) == 0; }
    constexpr double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

    template <class T>
    constexpr void shuffle(std::vector<T>& values) {
        for (auto i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[below(i)]);
    }

  private:
    std::uint64_t state_;
};

}  // namespace support
