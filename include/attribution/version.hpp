// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

// For the preprocessor, and for CMakeLists.txt, which reads them here.
#define ATTRIBUTION_VERSION_MAJOR 0
#define ATTRIBUTION_VERSION_MINOR 1
#define ATTRIBUTION_VERSION_PATCH 0

namespace attribution::inline v0_1 {

/// The version of these headers: major, minor, patch. Versions compare in the order of their release.
///
/// While the major version is 0, a new minor version may change what programs rely on, and a new
/// patch may not.
inline constexpr std::array<int, 3> version{ATTRIBUTION_VERSION_MAJOR, ATTRIBUTION_VERSION_MINOR,
                                            ATTRIBUTION_VERSION_PATCH};

}  // namespace attribution
