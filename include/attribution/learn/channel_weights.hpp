// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/learn/estimator.hpp>
#include <attribution/model/model.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// A positive double rounded half up to 36 binary digits.
///
/// What an estimator learns is accurate to about 13 decimal digits, and the last of its 53 binary
/// digits may depend on the compiler, which may or may not fuse a sum of products. Rounding removes
/// this: learned weights, and so credits to the cent, are the same on every build, unless a value
/// lies within 1e-15 of the midpoint between two numbers of 36 digits. The rounding changes a
/// weight by less than 1.5e-11 of itself.
constexpr double rounded_weight(double weight) {
    auto const parts = detail::take_apart(weight);
    constexpr int dropped = 53 - 36;
    auto const mantissa = (parts.mantissa + (std::uint64_t{1} << (dropped - 1))) >> dropped;
    return weight == 0 || !detail::is_finite(weight)
               ? weight
               : static_cast<double>(mantissa << dropped) *
                     (weight / static_cast<double>(parts.mantissa));
}

/// Weighs each touchpoint with `weight_of(the number of its channel)`, split evenly over the
/// channel's touchpoints in the path; channels that were never learned weigh 0.
///
/// A building block of learned models, also of yours.
///
/// Errors:     std::domain_error if a channel is or holds a NaN, or is a null pointer to text. The
///             message begins with `what`, such as "markov: the channel of touchpoint row ", and
///             the row.
template <class Channel, class Path, class Projection, class WeightOf>
void weigh_channels(channel_numbers<Channel> const& channels, Path const& steps,
                    Projection const& projection, char const* what, WeightOf weight_of, weights w) {
    using probe = channel_probe<Channel>;
    detail::check_reads_channel<probe, Projection, decltype(steps[0].touchpoint())>();
    auto numbers = steps.space().indices.borrow(steps.size());
    auto counts = steps.space().indices.borrow(channels.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const one = steps[i];
        auto const number = channels.find(
            detail::channel_in<probe>(std::invoke(projection, one.touchpoint()), what, one.row()));
        numbers.span()[i] = number;
        if (number < channels.size())
            ++counts.span()[number];
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const number = numbers.span()[i];
        w[i] = number < channels.size()
                   ? weight_of(number) / static_cast<double>(counts.span()[number])
                   : 0;
    }
}

}  // namespace attribution
