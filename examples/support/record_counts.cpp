// SPDX-License-Identifier: BSL-1.0
#include <support/record_counts.hpp>

#include <support/attribution_report.hpp>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace examples {

namespace {

/// What stands before the first of a mark, and is taken off; the mark is left. All, if it is not there.
std::string taken(std::string& text, std::string_view mark) {
    auto before = text.substr(0, text.find(mark));
    text.erase(0, before.size());
    return before;
}

}  // namespace

record_counts::record_counts(report_model const& report, numbers own) : numbers_{std::move(own)} {
    using attribution::outcome;
    for (int what = 0; what <= static_cast<int>(outcome::not_counted); ++what)
        numbers_[std::string{to_string(static_cast<outcome>(what))}];
    numbers_["unattributed"] = report.unattributed.rows.size();
    for (auto const& rule : report.found)
        numbers_[rule.rule] += rule.count;
}

std::size_t record_counts::of(std::string const& name) const {
    auto const number = numbers_.find(name);
    if (number == numbers_.end())
        throw std::logic_error{"report.toml counts '" + name + "', which there is not"};
    return number->second;
}

std::string record_counts::tables(report_text const& text,
                                  std::vector<std::string> const& titles) const {
    std::string all;
    for (auto const& title : titles) {
        std::vector<std::pair<std::string, std::size_t>> lines;
        for (auto what : text.all(title, "count")) {
            auto& [line, sum] = lines.emplace_back(taken(what, " = "), 0);
            while (!what.empty()) {
                auto const less = what.starts_with(" - ");
                what.erase(0, 3);  // a mark
                auto const plus = what.find(" + "), minus = what.find(" - ");
                auto const number = of(taken(what, plus < minus ? " + " : " - "));
                sum = less ? sum - number : sum + number;
            }
        }
        all += (all.empty() ? "" : "\n") + counts_table(title, lines);
    }
    return all;
}

}  // namespace examples
