// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/bagged_logistic.hpp>

#include "learn/in_parts.hpp"
#include "learn/reference.hpp"

#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::row;

namespace {

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

constexpr att::bagging_options everything{.fits = 1, .paths = 1, .channels = 1, .ridge = 0};

std::string bytes(auto const& model) {
    std::ostringstream text;
    text << model.card() << std::hexfloat;
    for (auto const& one : model.effects())
        text << one.channel << ' ' << one.coefficient << ' ' << one.deviation << ' '
             << one.conversions << ' ' << one.value << '\n';
    return text.str();
}

template <class Learn>
std::string learned(Learn learn) {
    try {
        return bytes(learn());
    } catch (att::fit_error const& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("bagged_logistic: by hand") {
    // Odds: C 1/4, with A 4/4, with B 2/4, with both 8/4: the logarithms add up.
    std::vector<row> const paths{
        {"C", 10, 10, 40}, {"AC", 20, 5, 20}, {"CB", 20, 5, 40}, {"CABA", 40, 8, 20}};
    auto const how =
        att::bagged_logistic(channel_of{}, {.fits = 1, .paths = 1, .channels = 1, .ridge = 1e-9});
    auto const m = att::fit(letters::rows(paths), how);
    CHECK(m.effects()[0].coefficient == Approx(std::log(4)).epsilon(1e-8));
    CHECK(m.effects()[1].coefficient == Approx(std::log(2)).epsilon(1e-8));
    CHECK(m.effects()[2].coefficient == Approx(0).epsilon(1e-6));  // it is always there
    CHECK(m.effects()[0].conversions == Approx(20 + 40 * 2.0 / 3).epsilon(1e-6));
    CHECK(m.effects()[0].fits == 1);
    CHECK(world::gives(world::split(120, world::through("AB"), m), {80, 40}));
    CHECK(world::gives(world::split(120, world::through("ABA"), m), {40, 40, 40}));
}

TEST_CASE("bagged_logistic: what would be negative is 0, and the card says so") {
    std::vector<row> const paths{{"A", 20, 20, 20}, {"AB", 5, 5, 20}, {"C", 9, 9, 40}};
    auto const m = att::fit(letters::rows(paths), att::bagged_logistic(channel_of{}));
    CHECK(m.effects()[1].coefficient < 0);
    CHECK(m.effects()[1].conversions == 0);
    CHECK(world::gives(world::split(120, world::through("BA"), m), {0, 120}));
    CHECK(m.card().text().find("negative, set to 0") != std::string::npos);
    CHECK(m.card().text().find("fits                  500, each of 0.5") != std::string::npos);
}

TEST_CASE("bagged_logistic: what is in every path has no coefficient, not even a tiny one") {
    std::vector<row> const paths{{"C", 4, 4, 36}, {"CB", 20, 20, 20}, {"AC", 2, 2, 18}};
    auto const m = att::fit(letters::rows(paths), att::bagged_logistic(channel_of{}));
    CHECK(m.effects()[2].coefficient == 0);
    CHECK(m.effects()[1].coefficient > 1);
    CHECK(world::gives(world::split(120, world::through("CBC"), m), {0, 120, 0}));
    CHECK(world::gives(world::split(120, world::through("C"), m), {0}));
}

TEST_CASE("law: bagged_logistic: the same bytes in any order, by merging and over the wire") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random);
        auto const how = att::bagged_logistic(
            {}, {.fits = 6, .paths = 0.7, .channels = 0.6, .seed = random.bits()});
        auto const expected = learned([&] { return att::fit(letters::rows(paths), how); });
        auto const parts = letters::in_parts(paths, how, random);
        return learned([&] { return parts.first.solve(); }) == expected &&
               learned([&] { return parts.second.solve(); }) == expected;
    });
}

TEST_CASE("bagged_logistic: what cannot be learned or configured") {
    auto const reason = [](std::vector<row> const& paths, att::bagging_options const& options) {
        try {
            (void)att::fit(letters::rows(paths), att::bagged_logistic({}, options));
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::no_credit;
    };
    CHECK(reason({}, {}) == att::fit_failure::no_path);
    CHECK(reason({{"AB", 0, 0, 5}}, {}) == att::fit_failure::no_converting_path);
    CHECK(reason({{"AB", 5, 5, 0}}, {}) == att::fit_failure::no_null_path);
    CHECK(reason({{"A", 5, 5, 0}, {"B", 0, 0, 5}}, everything) == att::fit_failure::not_settled);
    for (att::bagging_options const wrong : {att::bagging_options{.fits = 0},
                                             {.paths = 0},
                                             {.paths = 1.5},
                                             {.paths = std::nan("")},
                                             {.channels = 0},
                                             {.channels = std::nan("")},
                                             {.channels = 1.5},
                                             {.ridge = -1},
                                             {.ridge = HUGE_VAL}})
        CHECK_THROWS_AS((void)att::bagged_logistic(channel_of{}, wrong), std::invalid_argument);
}
