// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exp2.hpp>
#include <attribution/numeric/sample_source.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// A chance in units of 2^-16, at most 2^16: certain.
constexpr std::uint32_t certain = 65'536;

/// How many of up to 64 things are drawn, each by itself with this chance, which is below certain.
constexpr std::uint64_t drawn_of_word(std::uint64_t count, std::uint32_t chance,
                                      sample_source& random) {
    std::uint64_t drawn = 0;  // a bit for each, drawn with the lower digits of the chance so far
    for (int digit = std::countr_zero(chance | certain); digit < 16; ++digit)
        drawn = (chance >> digit & 1) != 0 ? drawn | random.next() : drawn & random.next();
    auto const those = count < 64 ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0};
    return static_cast<std::uint64_t>(std::popcount(drawn & those));
}

/// How many of `count` things are drawn, each by itself with this chance; the same on every
/// platform.
///
/// Up to 2^16 things, a lot is drawn for each. Of more, the result is the mean, plus the deviation
/// of 4,096 lots times sqrt(count / 4096): its mean and variance are right, and its shape is that
/// of 4,096.
constexpr std::uint64_t drawn_part(std::uint64_t count, std::uint32_t chance,
                                   sample_source& random) {
    if (chance == 0 || chance >= certain)
        return chance == 0 ? 0 : count;
    bool const each = count <= 65'536;
    auto const lots = each ? count : 4'096;
    std::uint64_t drawn = 0;
    for (std::uint64_t left = lots; left > 0; left -= std::min<std::uint64_t>(left, 64))
        drawn += drawn_of_word(std::min<std::uint64_t>(left, 64), chance, random);
    if (each)
        return drawn;
    auto const root = int128{square_root(uint128{count} << 20)};          // in units of 2^-10
    auto const off = int128{drawn} * certain - int128{lots} * chance;     // of 2^-16
    auto const moved = floor_divide(off * root, int128{64} * (1 << 10));  // of 2^-16
    auto const part = floor_divide(int128{count} * chance + moved + certain / 2, int128{certain});
    return static_cast<std::uint64_t>(std::clamp<int128>(part, 0, int128{count}));
}

}  // namespace attribution::detail
