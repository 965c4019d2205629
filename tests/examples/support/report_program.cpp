// SPDX-License-Identifier: BSL-1.0
#include <support/report_program.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace examples;

TEST_CASE("inputs are described by name, size and digest") {
    scratch const place;
    std::ofstream{place.directory / "a.csv"} << "abc";
    auto const found = describe_inputs({place.directory / "a.csv"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == "a.csv");
    CHECK(found[0].bytes == 3);
    CHECK(found[0].sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("inputs of one name keep their directories") {
    scratch const place;
    std::filesystem::create_directory(place.directory / "b");
    std::ofstream{place.directory / "a.csv"} << "1";
    std::ofstream{place.directory / "b" / "a.csv"} << "2";
    auto const found =
        describe_inputs({place.directory / "a.csv", place.directory / "b" / "a.csv"});
    CHECK(found[0].name == (place.directory / "a.csv").string());
    CHECK(found[1].name == (place.directory / "b" / "a.csv").string());
}

TEST_CASE("the words for nothing stand in lines of --help") {
    auto const text = help_on_inputs();
    CHECK(text.ends_with("--nothing gives others, --nothing '' none:\n"
                         "  \\N, null, (null), <null>, [null], nil, none, undefined, NaN, NaT, NA, "
                         "<NA>, N/A, #N/A,\n"
                         "  unknown, (empty), empty, (blank), (none), (not set), -, --, ?\n"));
}

TEST_CASE("the run for programs") {
    auto const json = nlohmann::json::parse(report_json(small_report(), {"out/a.csv"}, {}));
    CHECK(json["models"][1]["credits"].size() == 3);
    CHECK(json["models"][0]["credits"][1]["amount"] == "20.50");
    CHECK(json["models"][0]["total"] == "120.50");
    CHECK(json["files"][0] == "out/a.csv");
    CHECK(json["options"]["lookback-days"] == "30");
}

TEST_CASE("only some results are written, and told to programs") {
    scratch const place;
    output_directory out{place.directory / "out"};
    report_options const asked{
        .out = place.directory / "out", .quiet = true, .results = wanted_results{"summary"}};
    progress step{"small", true};
    finish_report(small_report(), "", {}, asked, out, step);
    CHECK(std::filesystem::exists(place.directory / "out" / "analysis_summary.md"));
    CHECK(!std::filesystem::exists(place.directory / "out" / "report.html"));
    auto const json = nlohmann::json::parse(report_json(small_report(), {}, asked));
    CHECK(json.contains("models"));
    CHECK(!json.contains("findings"));
}

TEST_CASE("files and summary appear together, quietly") {
    scratch const place;
    output_directory out{place.directory / "out"};
    report_options const asked{
        .out = place.directory / "out", .without_pictures = true, .quiet = true};
    progress step{"small", true};
    finish_report(small_report(), "", {}, asked, out, step);
    CHECK(std::filesystem::exists(place.directory / "out" / "report.html"));
    CHECK(std::filesystem::exists(place.directory / "out" / "analysis_summary.md"));
}
