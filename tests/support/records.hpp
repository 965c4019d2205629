// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/attribute.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace att = attribution;

namespace support {

using cents = std::int64_t;
using tick = std::int64_t;

struct touch {
    int user = 1;
    tick at = 0;
    char channel = 'a';
    int usage = 1;

    friend constexpr bool operator==(touch const&, touch const&) = default;
};

struct sale {
    int user = 1;
    tick at = 0;
    cents value = 0;
    char region = 'x';

    friend constexpr bool operator==(sale const&, sale const&) = default;
};

constexpr auto touches(auto const& log) {
    return att::touchpoints(log, &touch::user, &touch::at);
}
constexpr auto sales(auto const& book) {
    return att::conversions(book, &sale::user, &sale::at, &sale::value);
}

/// In a test that runs while compiling, so that the compiler names the line that failed.
constexpr void require(bool holds) {
    if (!holds)
        throw std::logic_error{"a requirement of a test does not hold"};
}

/// A path of one customer: a touchpoint at each of these times.
template <class... Times>
constexpr std::array<touch, sizeof...(Times)> path_at(Times... times) {
    return {touch{1, times}...};
}

/// A path through these channels, at times 1, 2, 3, ...
template <class... Channels>
constexpr std::array<touch, sizeof...(Channels)> path_through(Channels... channels) {
    tick at = 0;
    return {touch{1, ++at, channels}...};
}

/// The same customer's sale at time 100 is worth `value`: what does each touchpoint earn, by row,
/// and last, what is unattributed?
template <std::size_t N, class Model, class Policy = att::always_policy>
constexpr std::array<cents, N + 1> split(cents value, std::array<touch, N> const& log,
                                         Model const& m, Policy const& p = {}) {
    std::array<sale, 1> const book{sale{1, 100, value}};
    std::array<cents, N + 1> parts{};
    att::attribute(sales(book), touches(log), m, p, [&](att::credit<cents> const& earned) {
        parts[earned.attributed() ? earned.touchpoint : N] += earned.amount;
    });
    return parts;
}

template <class... Parts>
constexpr std::array<cents, sizeof...(Parts)> gives(Parts... parts) {
    return {cents{parts}...};
}

}  // namespace support
