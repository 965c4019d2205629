// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <support/run_report.hpp>

namespace {

void add_options(CLI::App& options, krispcall::settings& asked) {
    examples::add_choice(options, "--report", asked.report, {"summary", "assignment"},
                         "Which report, see below");
    examples::add_value(options, "--segment-seconds", asked.segment_seconds, "S",
                        "Weight of a segment of a message, in seconds of calls")
        ->check(CLI::Range(0, 86'400));
    examples::add_choice(options, "--rounding", asked.rounding, {"exact", "published"},
                         "How tables are rounded to cents, see below");
}

}  // namespace

int main(int argc, char** argv) {
    krispcall::settings asked;
    return examples::run_report(
        argc, argv,
        {.name = "krispcall",
         .help = examples::help_text,
         .working = "attributing revenue",
         .sample = [] { return examples::krispcall_sample().files; },
         .add_options = [&](CLI::App& options) { add_options(options, asked); }},
        [](auto const& common) { return krispcall::load(common.data, common.input); },
        [&](auto const& data, auto const& common, auto& out) {
            return krispcall::write_report(data, asked, common.intervals, out);
        });
}
