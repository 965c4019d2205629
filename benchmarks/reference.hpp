// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "workload.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

/// The results of Task T by another algorithm than any contender's, against which all are held
/// before they are timed.
namespace reference {

enum class model { first, last, linear, position, time_decay };
inline constexpr std::array all_models{model::first, model::last, model::linear, model::position,
                                       model::time_decay};
char const* name_of(model);

/// Credit of each channel, and at the end the value that nobody earned.
using amounts = std::array<double, workload::channels + 1>;
using whole_cents = std::array<std::int64_t, workload::channels + 1>;

struct results {
    std::array<amounts, all_models.size()> of;  // by model
    whole_cents linear_cents;                   // what is left over goes to the earliest touches
    std::size_t paths = 0;                      // conversions with a touchpoint in their window
    std::size_t pairs = 0;                      // of a conversion and a touchpoint in its window

    amounts const& operator[](model m) const { return of[static_cast<std::size_t>(m)]; }
};

/// Prefix sums per customer and channel: also a customer with a million touchpoints takes
/// O((touches + conversions) * channels).
results compute(workload::data const& sorted);

/// Computed once per workload; order does not matter.
results const& get(workload::plan);

}  // namespace reference
