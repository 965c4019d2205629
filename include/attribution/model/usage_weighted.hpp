// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/model.hpp>

#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Usage>
struct usage_weighted_model : model_tag {
    [[no_unique_address]] Usage usage;

    constexpr explicit usage_weighted_model(Usage u) : usage(std::move(u)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"usage_weighted", usage}; }

    constexpr void operator()(auto const& steps, weights w) const {
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const used = std::invoke(usage, steps[i].touchpoint());
            using number = detail::measure<std::remove_cvref_t<decltype(used)>>;
            static_assert(
                std::is_arithmetic_v<typename number::rep>,
                "attribution: usage_weighted() needs a number or a duration per touchpoint");
            w[i] = static_cast<double>(number::count(used));
        }
    }
};

/// Credit in proportion to how much was used: seconds of calls, segments, events, ...
///
/// Shape:      `usage` is a projection of a touchpoint to a number or a chrono duration >= 0.
/// Edges:      a path without any usage leaves its conversion unattributed. Integers above 2^53 are
///             rounded to double.
/// Errors:     negative, NaN or infinite usage: std::domain_error that names the touchpoint.
/// Complexity: O(n) per path.
/// Source:     usage-based revenue sharing; folklore.
template <class Usage>
[[nodiscard]] constexpr auto usage_weighted(Usage usage) {
    return usage_weighted_model<Usage>{std::move(usage)};
}

}  // namespace attribution
