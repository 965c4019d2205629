// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <vector>

namespace attribution::inline v0_1 {

/// The positions of some touchpoints in a path, ascending.
using selection = std::vector<std::size_t>;

/// Chooses touchpoints of a path. A selector is any callable (path, selection): it appends the
/// positions of the chosen touchpoints to the selection, ascending. The selection is empty at
/// first; it is a buffer that is reused.
///
///     auto const every_second = [](auto const& path, att::selection& chosen) {
///         for (std::size_t i = 0; i < path.size(); i += 2)
///             chosen.push_back(i);
///     };
///
/// A selector may read the records, times and ages of the path and must depend on nothing else. It
/// may also declare, as the library's own do:
///   - `name()`: the selector's name on a model card. Counts learned over selectors of different
///     names cannot be merged.
///   - `share(path, chosen, w)`: for selectors whose chosen touchpoints stand for others. `w` holds
///     weights at `chosen`; `share` moves to the other touchpoints what they should get; see
///     `sessions`.
template <class Selector, class Path>
concept path_selector = std::invocable<Selector const&, Path const&, selection&>;

}  // namespace attribution
