// SPDX-License-Identifier: BSL-1.0
#include <support/record_counts.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;
using namespace examples;

namespace {

/// What an audit has that is counted.
struct small_audit {
    std::vector<int> all;
    std::vector<std::string> names;
    std::vector<att::outcome_count> counts;

    std::vector<int> const& touchpoints() const { return all; }
    std::vector<std::string> const& parts() const { return names; }
    std::vector<att::outcome_count> const& touchpoint_counts() const { return counts; }
};

}  // namespace

TEST_CASE("record_counts: what has one name adds up") {
    small_audit const audit{{1, 2, 3, 4, 5, 6},
                            {"one day", "ten days", "never"},
                            {{att::outcome::refused, 0, 3, "refused by one day"},
                             {att::outcome::refused, 1, 2, "refused by ten days"},
                             {att::outcome::credited, 0, 1, "credited"}}};
    report_model report;
    // Findings of one rule are apart where they say different things.
    report.found.add({"known", att::severity::error, "is unknown", 6, 4, {}, {}});
    report.found.add({"known", att::severity::warning, "is hardly known", 6, 3, {}, {}});
    record_counts const counts{report, audit, {{"own", 9}}};
    CHECK(counts.of("touchpoints") == 6);
    CHECK(counts.of(std::string{to_string(att::outcome::refused)}) == 5);
    CHECK(counts.of("refused by one day") == 3);
    CHECK(counts.of("refused by ten days") == 2);
    CHECK(counts.of("refused by never") == 0);
    CHECK(counts.of("credited") == 1);
    CHECK(counts.of("known") == 7);
    CHECK(counts.of("own") == 9);
    CHECK_THROWS_AS(static_cast<void>(counts.of("unknown")), std::logic_error);
}

TEST_CASE("record_counts: sums and differences are taken from left to right") {
    report_model const report;
    record_counts const counts{report, small_audit{}, {{"a", 9}, {"b", 4}, {"c", 2}}};
    report_text const text{"[sums]\ncount = [\"first = a - b + c\", \"second = a + b - c\", "
                           "\"third = a - b - c\", \"fourth = a + b + c\", "
                           "\"fifth = a - b + c - b + c\"]\n"};
    CHECK(counts.tables(text, {"sums"}) == "sums    number\n------  ------\nfirst        7\n"
                                           "second      11\nthird        3\nfourth      15\n"
                                           "fifth        5\n");
}
