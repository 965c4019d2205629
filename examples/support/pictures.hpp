// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/output.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// The commands that make gnuplot draw a figure as PNG on its standard output. Texts of the data
/// stay texts, whatever is in them.
[[nodiscard]] std::string gnuplot_script(figure const& drawn);

struct pictures {
    std::vector<std::string> files;  // names in the output directory
    std::string left_out;            // why there are none; empty if there are
};

/// Draws every figure to NAME.png. Without gnuplot (or with one that cannot draw PNG) nothing is
/// written, and `left_out` says so. The same figures give the same bytes with the same gnuplot and
/// fonts. The caller commits.
///
/// Errors: output_error if gnuplot refuses a figure.
[[nodiscard]] pictures draw_pictures(std::vector<figure> const& figures, output_directory& out,
                                     std::string_view gnuplot = "gnuplot");

}  // namespace examples
