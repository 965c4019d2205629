// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>

namespace truth {

/// Random numbers that are the same with every compiler and standard library, whose distributions
/// may differ.
///
/// Source: Steele, Lea, Flood, 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
class draws {
  public:
    explicit draws(std::uint64_t seed) : state_{seed} {}

    std::uint64_t bits() {
        auto z = state_ += 0x9e37'79b9'7f4a'7c15;
        z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
        z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
        return z ^ (z >> 31);
    }
    /// In (0, 1).
    double unit() { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52; }
    bool chance(double probability) { return unit() < probability; }
    double exponential(double mean) { return -mean * std::log(unit()); }
    double normal() {
        auto const radius = std::sqrt(-2 * std::log(unit()));
        return radius * std::cos(2 * std::numbers::pi * unit());
    }
    /// A place, in proportion to the weights.
    std::size_t place(std::span<double const> weights) {
        double sum = 0;
        for (auto const weight : weights)
            sum += weight;
        auto rest = unit() * sum;
        for (std::size_t i = 0; i + 1 < weights.size(); ++i)
            if ((rest -= weights[i]) < 0)
                return i;
        return weights.size() - 1;
    }

  private:
    std::uint64_t state_;
};

}  // namespace truth
