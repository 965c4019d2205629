// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/product.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace attribution::inline v0_1 {

/// How customers are resampled, to say how far a result would be off in another sample of customers
/// like these.
///
/// In each replicate, customers are drawn anew, with all that they did. The same seed gives the same
/// intervals on every machine; more replicates begin with the same ones.
struct bootstrap {
    std::size_t replicates = 200;
    std::uint64_t seed = 1;
    double confidence = 0.95;  // the part of all intervals that should hold the true value

    /// Each end of an interval is the value of this rank among the replicates, from 1, counted from
    /// below and from above: the whole part of (replicates + 1) * (1 - confidence) / 2. The chance
    /// that one more replicate lies between them is 1 - 2 * rank / (replicates + 1).
    ///
    /// Errors: std::invalid_argument if the confidence is not above 0 and below 1, or if there are too
    ///         few replicates for it: 39 for 0.95, 199 for 0.99.
    /// Source: Davison, Hinkley, 1997, "Bootstrap methods and their application", 5.2 and 5.3.1
    ///         (percentile method; interpolation is not needed if (replicates + 1) times the tail
    ///         is a whole number, as for 199 or 999 replicates).
    [[nodiscard]] constexpr std::size_t rank() const {
        if (!(confidence > 0 && confidence < 1))
            throw std::invalid_argument{
                "bootstrap: the confidence must be above 0 and below 1, such as 0.95"};
        // In billionths, so that 0.95 is what people mean and not the nearest double.
        constexpr std::uint64_t one = 1'000'000'000;
        auto const billionths = detail::product(confidence, 1e9);
        auto const below = static_cast<std::uint64_t>(billionths);
        auto const covered = below + (billionths - static_cast<double>(below) < 0.5 ? 0 : 1);
        auto const tails = one - (covered < one ? covered : one);
        if (replicates > most_replicates)
            throw std::invalid_argument{"bootstrap: there may be at most " +
                                        std::to_string(most_replicates) + " replicates"};
        auto const found = (std::uint64_t{replicates} + 1) * tails / (2 * one);
        if (found == 0)
            throw std::invalid_argument{
                "bootstrap: " + std::to_string(replicates) +
                " replicates are too few for this confidence; take more replicates (39 are enough "
                "for 0.95, 199 for 0.99), or a lower confidence"};
        return static_cast<std::size_t>(found);
    }

    static constexpr std::size_t most_replicates = 1'000'000;
};

}  // namespace attribution
