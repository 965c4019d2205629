// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/report_model.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// What every page is made with, beside its data.
struct page_assets {
    std::string_view style;
    std::string_view charts;  // Chart.js and its zoom; empty: still pictures only
    std::string_view script;
};

/// Those that were put into this program when it was built.
[[nodiscard]] page_assets built_in_assets();

/// The report as one file of HTML that asks for nothing else: figures, tables, proof, findings,
/// audit and the path of every conversion (of the largest ones, if there are very many).
///
/// Whatever the data hold is shown as text. A Content-Security-Policy allows the page's own
/// scripts, by their digests, and nothing else. The same report gives the same bytes.
[[nodiscard]] std::string page_html(report_model const& report,
                                    page_assets const& assets = built_in_assets());

/// Keeps the paths that a page of these, and of others that may come, can show; in their order.
void keep_shown(std::vector<conversion_path>& paths);

/// Text for between the tags of HTML or in an attribute in double quotes.
[[nodiscard]] std::string html_text(std::string_view text);

/// A figure as SVG, in the colours of the text around it.
[[nodiscard]] std::string svg(figure const& drawn);

}  // namespace examples
