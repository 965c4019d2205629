// SPDX-License-Identifier: BSL-1.0
#include <support/pictures.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace examples;

TEST_CASE("texts of the data are texts for gnuplot") {
    auto report = small_report();
    report.compared.lines[0].name = "it's \"a\" `id`\n@x";
    auto const script = gnuplot_script(comparison_figure(report, "n", "t"));
    CHECK(script.find("'it''s \"a\" `id` @x'") != script.npos);
    CHECK(script.find("noenhanced") != script.npos);
}

TEST_CASE("amounts have separators, axes have units") {
    auto const script = gnuplot_script(small_report().figures[0]);
    CHECK(script.find("'Revenue (USD)'") != script.npos);
    CHECK(script.find("'20' 2000") != script.npos);
    CHECK(script.find("title 'first touch'") != script.npos);
}

TEST_CASE("without gnuplot the pictures are left out, and it is said") {
    scratch const place;
    output_directory out{place.directory / "out"};
    auto const drawn = draw_pictures(small_report().figures, out, "no-such-gnuplot");
    CHECK(drawn.files.empty());
    CHECK(drawn.left_out == "pictures left out: gnuplot is not installed");
}

TEST_CASE("a gnuplot that fails is an error that names the picture") {
    scratch const place;
    output_directory out{place.directory / "out"};
    CHECK_THROWS_WITH_AS((void)draw_pictures(small_report().figures, out, "false"),
                         doctest::Contains("channels_by_model.png"), output_error);
}
