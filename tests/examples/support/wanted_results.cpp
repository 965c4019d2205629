// SPDX-License-Identifier: BSL-1.0
#include <support/wanted_results.hpp>

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include <string>

using namespace examples;

TEST_CASE("all results are wanted, or those that are named") {
    CHECK(wanted_results{}.all());
    CHECK(wanted_results{}.has(result::page));
    CHECK(wanted_results{}.any_files());
    CHECK(wanted_results{}.left_out_text().empty());
    wanted_results const some{"audit, tables"};
    CHECK(!some.all());
    CHECK(some.any_files());
    CHECK(some.has(result::terminal));
    CHECK(some.has(result::audit));
    CHECK(some.any_of(result::page, result::tables));
    CHECK(!some.any_of(result::page, result::pictures));
    CHECK(some.left_out_text() == "Left out by --only: conversions, validation, reconciliation, "
                                  "settings, summary, page, pictures.\n");
    CHECK(!wanted_results{"terminal"}.any_files());
}

TEST_CASE("what is no result is refused") {
    for (auto const* const list : {"", " ,", "tables,every", "table s"})
        CHECK_THROWS_AS(wanted_results{list}, CLI::ValidationError);
    CHECK_THROWS_WITH_AS(wanted_results{"pge"}, doctest::Contains("perhaps page is meant"),
                         CLI::ValidationError);
}

TEST_CASE("all words of results are explained") {
    auto const help = help_on_wanted_results();
    for (auto const* const word : {"terminal", "tables", "conversions", "audit", "validation",
                                   "reconciliation", "settings", "summary", "page", "pictures"})
        CHECK_MESSAGE(help.find("  " + std::string{word} + ' ') != help.npos, word);
}
