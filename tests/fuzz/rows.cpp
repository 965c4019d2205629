// SPDX-License-Identifier: BSL-1.0
// Any bytes as the rows of attribution_worker: a partition whose lines give it again, or an
// input_error.
#include "fuzz/fuzzing.hpp"

#include <cluster/rows.hpp>

#include <support/csv.hpp>

#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace {

using fuzzing::require;

std::optional<cluster::partition> read(std::string const& text) {
    std::istringstream in{text};
    try {
        return cluster::read_rows(in, "rows");
    } catch (examples::input_error const& error) {
        require(std::string_view{error.what()}.starts_with("rows:"), "an error names the input");
        return std::nullopt;
    }
}

std::string written(cluster::partition const& all) {
    std::string text;
    auto const add = [&](auto const& record) {
        auto const line = cluster::line_of(record);
        require(cluster::customer_of(line) == record.customer.value_or(""),
                "a line belongs to its customer");
        text += line + '\n';
    };
    for (auto const& touch : all.touches)
        add(touch);
    for (auto const& sale : all.sales)
        add(sale);
    return text + cluster::end_line(all.size()) + '\n';
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string const text{fuzzing::input{bytes, size}.rest()};
    if (auto const all = read(text)) {
        auto const lines = written(*all);
        auto const again = read(lines);
        require(again && written(*again) == lines, "what is written is read");
    }
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        try {
            (void)cluster::customer_of(line);
        } catch (examples::input_error const&) {
            // no line of ours
        }
    return 0;
}
