// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <utility>

namespace examples {

/// Random numbers that are the same on every compiler and standard library, which
/// std::uniform_int_distribution and std::shuffle are not. SplitMix64: one 64-bit state, every
/// 64-bit number once in its period. For sample data, not for secrets.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014,
///         with the constants of Vigna's public domain splitmix64.c. Shuffle: Durstenfeld 1964.
class random_source {
  public:
    constexpr explicit random_source(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }

    /// Uniform over low..high, both ends included, low <= high; values that would prefer some
    /// results are drawn again.
    constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
        auto const size = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
        auto drawn = next();
        if (size != 0) {  // 0: all 2^64 values
            auto const surplus = (0 - size) % size;
            while (drawn < surplus)
                drawn = next();
            drawn %= size;
        }
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + drawn);
    }

    /// True in `percent` of 100 cases.
    constexpr bool chance(int percent) { return between(1, 100) <= percent; }

    /// One of the elements of a range that is not empty.
    constexpr auto& pick(std::ranges::random_access_range auto& range) {
        return range[index(std::ranges::size(range))];
    }

    constexpr void shuffle(std::ranges::random_access_range auto& range) {
        for (auto left = std::ranges::size(range); left > 1; --left)
            std::ranges::swap(range[left - 1], range[index(left)]);
    }

  private:
    constexpr std::size_t index(std::size_t size) {
        return static_cast<std::size_t>(between(0, static_cast<std::int64_t>(size) - 1));
    }

    std::uint64_t state_;
};

}  // namespace examples
