// SPDX-License-Identifier: BSL-1.0
#include <support/input_findings.hpp>

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace examples {

namespace {

using attribution::severity;

attribution::finding about_files(std::string rule, std::string what,
                                 std::vector<std::string> const& files, std::size_t checked) {
    return {std::move(rule), severity::info, std::move(what), checked, files.size(), {}, files};
}

attribution::finding about_times(std::string rule, severity how_bad, std::string what,
                                 std::string const& first, std::size_t checked, std::size_t count) {
    std::vector<std::string> notes;
    if (count > 0)
        notes.push_back("first in " + first);
    return {std::move(rule), how_bad, std::move(what), checked, count, {}, std::move(notes)};
}

std::string words(reading const& how) {
    return how.nothing.empty() ? "only what is empty"
                               : fmt::format("{}", fmt::join(how.nothing, ", "));
}

}  // namespace

attribution::findings file_findings(reading const& how) {
    attribution::findings found;
    found.add(
        about_files("input is UTF-8", "a file was converted to UTF-8", how.encodings, how.files));
    found.add(about_files("input has commas", "a file has other separators than commas",
                          how.separators, how.files));
    return found;
}

attribution::findings time_findings(reading const& how) {
    attribution::findings found;
    found.add(about_times("time names its zone", severity::warning,
                          "time has neither Z nor an offset and was taken for UTC",
                          how.first_without_zone, how.times, how.times_without_zone));
    found.add(about_times("time is whole microseconds", severity::info,
                          "time was cut to microseconds", how.first_cut, how.times, how.times_cut));
    return found;
}

attribution::findings reading_findings(reading const& how) {
    auto found = file_findings(how);
    found.merge(time_findings(how));
    return found;
}

void add_reading(report_model& report, reading const& how) {
    report.options.emplace_back("nothing", words(how));
    report.options.emplace_back(
        "encoding", how.as == encoding::automatic ? "auto" : std::string{encoding_name(how.as)});
}

std::string nothing_text(reading const& how) {
    return fmt::format("Read as a missing key, in any case: {}\n", words(how));
}

}  // namespace examples
