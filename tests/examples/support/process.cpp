// SPDX-License-Identifier: BSL-1.0
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <string>

using examples::run_filter;

TEST_CASE("a program reads its input and is read") {
    std::string const much(3'000'000, 'x');  // more than any pipe holds
    auto const result = run_filter({"cat"}, much);
    CHECK(result.found);
    CHECK(result.status == 0);
    CHECK(result.output == much);
}

TEST_CASE("no shell looks at the words") {
    CHECK(run_filter({"printf", "%s", "$HOME `id` ; *"}, "").output == "$HOME `id` ; *");
}

TEST_CASE("status and errors are told") {
    auto const result = run_filter({"sh", "-c", "echo wrong >&2; exit 3"}, "");
    CHECK(result.status == 3);
    CHECK(result.errors == "wrong\n");
    CHECK(run_filter({"sh", "-c", "kill -9 $$"}, "").status == 137);
    CHECK(!run_filter({"no-such-program-anywhere"}, "").found);
}
