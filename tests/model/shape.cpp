// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/shape.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/time_decay.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;

namespace {

/// The first two thirds earn, the last third does not.
struct early_fn : att::model_tag {
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n - n / 3, 2}, att::level{n / 3, 0}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};
constexpr early_fn early{};

struct broken_fn : att::model_tag {
    std::size_t missing;
    double weight;
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n - missing, weight}};
    }
    constexpr void operator()(auto const&, att::weights) const {}
};

struct no_levels {
    std::vector<att::level> shape(std::size_t) const;
};
struct picks_nothing : early_fn {
    static constexpr int picks = 0;
};

static_assert(att::shape_model<early_fn> && att::shape_model<att::linear_fn> &&
              att::shape_model<att::position_based_model>);
static_assert(!att::shape_model<no_levels> && !att::shape_model<int> &&
              !att::shape_model<decltype(att::time_decay(1))>);
static_assert(att::pick_model<att::first_touch_fn> && att::pick_model<att::last_touch_fn>);
static_assert(!att::pick_model<att::linear_fn> && !att::pick_model<picks_nothing>);
static_assert(model_suite(early));

/// What a shape says is what the model writes, and its levels are as long as the path.
template <class Model>
constexpr void is_drawn(Model const& m) {
    for (std::size_t n = 1; n < 6; ++n) {
        std::size_t i = 0;
        std::vector<double> w(n, 0.0);
        auto const path = path_at();
        m(path, att::weights{w});
        for (auto const& [length, weight] : m.shape(n))
            for (std::size_t k = 0; k < length; ++k)
                require(w[i++] == weight);
        require(i == n);
    }
}

constexpr bool test() {
    is_drawn(early);
    is_drawn(att::first_touch);
    is_drawn(att::last_touch);
    is_drawn(att::linear);
    is_drawn(att::position_based());
    is_drawn(att::position_based(0, 1));
    is_drawn(att::j_shaped);
    require(split(9, path_at(5, 6, 7), early) == gives(5, 4, 0, 0));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("shapes") {
    CHECK(test());
}

TEST_CASE("a shape with a weight that is not one is refused") {
    auto const message = [](broken_fn const& m) -> std::string {
        std::vector<touch> const log{{1, 1}, {1, 2}};
        std::vector<sale> const book{{1, 9, 100}};
        try {
            (void)att::attribute(sales(book), touches(log), m);
        } catch (std::domain_error const& error) {
            return error.what();
        }
        return "";
    };
    CHECK(message({{}, 1, 1.0}).find("levels for 1") != std::string::npos);
    CHECK(message({{}, 0, -1.0}).find("negative or not a finite number") != std::string::npos);
    CHECK(message({{}, 0, std::numeric_limits<double>::infinity()}).find("finite") !=
          std::string::npos);
    CHECK(message({{}, 0, std::numeric_limits<double>::quiet_NaN()}).find("finite") !=
          std::string::npos);
    CHECK(message({{}, 0, 1.0}).empty());
}
