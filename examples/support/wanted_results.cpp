// SPDX-License-Identifier: BSL-1.0
#include <support/wanted_results.hpp>

#include <support/csv.hpp>
#include <support/names.hpp>
#include <support/reading.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace examples {

namespace {

struct described_result {
    result what;
    std::string_view word, files;
};
constexpr auto known = std::to_array<described_result>(
    {{result::terminal, "terminal", "the comparison and its proof, printed as always; no file"},
     {result::tables, "tables",
      "{model}_by_channel.csv, {model}_by_segment_and_channel.csv, and those of\n"
      "                  --intervals and --against"},
     {result::conversions, "conversions",
      "conversion_touchpoints.csv, unattributed.csv, refunds.csv"},
     {result::audit, "audit", "audit.csv"},
     {result::validation, "validation", "validation.csv"},
     {result::reconciliation, "reconciliation", "reconciliation.csv"},
     {result::settings, "settings", "attribution.toml"},
     {result::summary, "summary", "analysis_summary.md"},
     {result::page, "page", "report.html"},
     {result::pictures, "pictures", "*.png"}});

std::vector<std::string> words_of(wanted_results const& some, bool wanted) {
    std::vector<std::string> words;
    for (auto const& one : known)
        if (some.has(one.what) == wanted)
            words.emplace_back(one.word);
    return words;
}

}  // namespace

wanted_results::wanted_results(std::string_view list) {
    auto const all_words = words_of({}, true);
    auto const refuse = [&](std::string const& what) {
        throw CLI::ValidationError{"--only",
                                   fmt::format("{}: {}", what, fmt::join(all_words, ", "))};
    };
    auto const asked = words_in(list);
    if (asked.empty())
        refuse("names no result, these are");
    wanted_.reset();
    wanted_.set(static_cast<std::size_t>(result::terminal));
    for (auto const& word : asked) {
        auto const* const found = std::ranges::find(known, word, &described_result::word);
        if (found == known.end()) {
            auto const near = nearest(word, all_words);
            refuse(fmt::format("{} is no result{}, these are", in_quotes(word),
                               near ? fmt::format(", perhaps {} is meant", *near) : std::string{}));
        }
        wanted_.set(static_cast<std::size_t>(found->what));
    }
}

bool wanted_results::any_files() const {
    return wanted_.count() > 1;
}

std::string wanted_results::left_out_text() const {
    if (all())
        return {};
    return fmt::format("Left out by --only: {}.\n", fmt::join(words_of(*this, false), ", "));
}

std::string help_on_wanted_results() {
    std::string text;
    for (auto const& one : known)
        text += fmt::format("  {:<16}{}\n", one.word, one.files);
    return text;
}

}  // namespace examples
