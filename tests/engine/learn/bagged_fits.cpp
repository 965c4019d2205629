// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/bagged_fits.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;
using att::detail::counted_set, att::detail::drawn_channels, att::detail::fit_in_bags;
using doctest::Approx;

namespace {

std::vector<counted_set> const sets{
    {{0}, 60, 200, 0}, {{0, 1}, 90, 100, 0}, {{1}, 30, 150, 0}, {{2}, 5, 400, 0}};

}  // namespace

TEST_CASE("every channel is drawn as often as any other") {
    att::detail::sample_source random{1};
    std::vector<int> drawn(5, 0);
    for (int i = 0; i < 5'000; ++i) {
        drawn_channels const some{5, 2, random};
        REQUIRE(some.all().size() == 2);
        REQUIRE(some.all()[0] < some.all()[1]);
        REQUIRE(some.places_of({0, 1, 2, 3, 4}) == std::vector<std::uint32_t>{0, 1});
        REQUIRE(some.places_of({some.all()[1]}) == std::vector<std::uint32_t>{1});
        for (auto const one : some.all())
            ++drawn[one];
    }
    for (int const one : drawn)
        CHECK(one == Approx(2'000).epsilon(0.1));
}

TEST_CASE("to draw some channels takes as many random numbers, to draw all of them none") {
    for (std::size_t const size : {std::size_t{2}, std::size_t{5}}) {
        att::detail::sample_source random{7}, other{7};
        drawn_channels const some{5, size, random};
        for (std::size_t left = 5; size < 5 && left > 5 - size; --left)
            (void)other.below(left);
        CHECK(random.below(1'000'000) == other.below(1'000'000));
    }
}

TEST_CASE("fits that see everything are one fit") {
    auto const one = fit_in_bags(sets, 3, {.fits = 1, .paths = 1, .channels = 1});
    auto const three = fit_in_bags(sets, 3, {.fits = 3, .paths = 1, .channels = 1, .seed = 9});
    for (std::size_t c = 0; c < 3; ++c) {
        CHECK(three.coefficients[c].mean == Approx(one.coefficients[c].mean).epsilon(1e-14));
        CHECK(three.coefficients[c].deviation < 1e-14);
        CHECK(three.coefficients[c].fits == 3);
        CHECK(one.coefficients[c].deviation == 0);
    }
    // The sample of half of the paths scatters around it.
    auto const half = fit_in_bags(sets, 3, {.fits = 400, .paths = 0.5, .channels = 1});
    for (std::size_t c = 0; c < 3; ++c) {
        CHECK(half.coefficients[c].deviation > 0);
        CHECK(std::abs(half.coefficients[c].mean - one.coefficients[c].mean) <
              half.coefficients[c].deviation);
    }
    auto const again = fit_in_bags(sets, 3, {.fits = 400, .paths = 0.5, .channels = 1});
    auto const other = fit_in_bags(sets, 3, {.fits = 400, .paths = 0.5, .channels = 1, .seed = 2});
    CHECK(again.coefficients[0].mean == half.coefficients[0].mean);
    CHECK(other.coefficients[0].mean != half.coefficients[0].mean);
}

TEST_CASE("what is left out, and what has no answer") {
    std::vector<counted_set> const few{{{0}, 1, 1, 0}, {{1}, 1, 3, 0}};
    auto const fits = fit_in_bags(few, 2, {.fits = 100});
    CHECK(fits.left_out > 0);
    CHECK(fits.coefficients[0].fits + fits.coefficients[1].fits + fits.left_out == 100);
    att::model_card card;
    fits.note(card, {.fits = 100});
    CHECK(card.warnings.size() == 1);
    CHECK(card.text().find("100, each of 0.5 of the paths and 0.5 of the channels") !=
          std::string::npos);
    auto const reason = [](std::vector<counted_set> const& all, double ridge) {
        try {
            (void)fit_in_bags(all, 2, {.fits = 1, .paths = 1, .channels = 1, .ridge = ridge});
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::no_path;
    };
    CHECK(reason({{{0}, 5, 0, 0}}, 1) == att::fit_failure::no_null_path);
    CHECK(reason({{{0}, 5, 0, 0}, {{1}, 0, 5, 0}}, 0) == att::fit_failure::not_settled);
    CHECK(reason({{{0}, 5, 0, 0}, {{1}, 0, 5, 0}}, 1) == att::fit_failure::no_path);
}
