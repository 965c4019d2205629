// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <string>

namespace attribution::inline v0_1 {

/// Counts that can be taken apart, to be written and read: learned counts, or sums of your own.
///
///   - `parts_type`: what they are made of: numbers, text, std::vector, std::tuple, ... of them, or
///     a record that lists its members by a static `members()`, a std::tuple of pointers to them;
///   - `take_apart() const`: these parts. Equal counts give equal parts, whatever the order of
///     adding;
///   - `merge_parts(parts)`: adds all parts or none; std::invalid_argument if no counting could
///     give such parts;
///   - `counted_by() const`: the rules by which they were counted. Counts by other rules cannot be
///     merged.
template <class Counts>
concept separable = requires(Counts counts, Counts const& known,
                             typename Counts::parts_type const& parts) {
    { known.take_apart() } -> std::same_as<typename Counts::parts_type>;
    { known.counted_by() } -> std::convertible_to<std::string>;
    counts.merge_parts(parts);
};

}  // namespace attribution
