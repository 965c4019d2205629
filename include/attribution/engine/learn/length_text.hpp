// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <concepts>
#include <cstdint>
#include <numeric>
#include <string>

namespace attribution::inline v0_1::detail {

/// A length of time in seconds, such as "3600 s" or "1/1000 s", or a number: equal lengths have
/// equal texts, whatever their units.
template <class Length>
std::string length_text(Length length) {
    using L = measure<Length>;
    auto const unit = std::string{is_duration<Length> ? " s" : ""};
    auto const count = L::count(length);
    if constexpr (std::floating_point<typename L::rep>) {
        return number_text(static_cast<double>(count) * static_cast<double>(L::period::num) /
                           static_cast<double>(L::period::den)) +
               unit;
    } else {
        auto const units = saturate<std::int64_t>(int128{count} * L::period::num);
        auto const common = std::gcd(units, L::period::den);
        auto const parts = L::period::den / common;
        return std::to_string(units / common) + (parts == 1 ? "" : '/' + std::to_string(parts)) +
               unit;
    }
}

}  // namespace attribution::detail
