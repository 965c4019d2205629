// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/age_model.hpp>

#include "support/records.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <vector>

using namespace support;

namespace {

/// Weighs half of the latest from the first tick on, and nothing from the tenth on.
struct fading_fn : att::model_tag {
    template <class Length>
    constexpr auto by_age() const {
        return [](Length const& age) {
            return age == 0 ? std::uint64_t{1} << 61 : age < 10 ? std::uint64_t{1} << 60 : 0;
        };
    }
    constexpr void operator()(auto const& steps, att::weights w) const {
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const age = steps[w.size() - 1].at() - steps[i].at();
            w[i] = age == 0 ? 1 : age < 10 ? 0.5 : 0;
        }
    }
};
constexpr fading_fn fading{};

static_assert(att::age_model<fading_fn, tick>);
static_assert(att::age_model<decltype(att::time_decay(1)), tick>);
static_assert(
    att::age_model<decltype(att::time_decay(std::chrono::days{7})), std::chrono::sys_seconds>);
static_assert(!att::age_model<decltype(att::time_decay(1)), std::chrono::sys_seconds>);
static_assert(!att::age_model<att::linear_fn, tick>);

std::vector<touch> const clicks{{1, -20, 'a'}, {1, -5, 'b'}, {1, -5, 'c'}, {1, 0, 'a'},
                                {1, 0, 'b'},   {2, 3, 'a'},  {3, 9, 'a'}};
std::vector<sale> const book{{1, 0, 100}, {1, -5, 7}, {2, 3, 10}, {3, 3, 1}};

}  // namespace

TEST_CASE("a model of ages of one's own takes the fast route, and gives the same") {
    auto const slow = att::attribute(sales(book), touches(clicks), fading,
                                     att::where([](touch const&) { return true; }));
    auto const fast = att::attribute(sales(book), touches(clicks), fading);
    CHECK(std::vector(fast.begin(), fast.end()) == std::vector(slow.begin(), slow.end()));
    REQUIRE(fast.size() == 8);
    CHECK(fast.begin()[0] == att::credit<cents>{0, 1, 17, 0.5 / 3});  // -20 is too old
    CHECK(fast.begin()[2] == att::credit<cents>{0, 3, 33, 1.0 / 3});
}
