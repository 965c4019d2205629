// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <cstddef>

namespace examples {

/// Texts of the data may be longer in what people look at: files of results and databases have them
/// whole.
inline constexpr std::size_t longest_shown = 200;

/// A report for people to look at: longer texts of its data are cut, and it says how many. Two
/// different texts stay different: a cut one ends in its number, as in `... [long text 3]`. The
/// tables that only a database has are left out.
[[nodiscard]] report_model shortened(report_model report);

}  // namespace examples
