// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/estimator.hpp>

#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    std::string channel;
};

using markov = decltype(att::markov(&touch::channel));
using shapley = decltype(att::shapley(&touch::channel));

// Estimators learn models; a model is no estimator.
static_assert(att::estimator<markov>);
static_assert(att::estimator<shapley>);
static_assert(!att::estimator<att::linear_fn>);
static_assert(!att::estimator<int>);
static_assert(att::learned_counts<
              decltype(markov{att::markov(&touch::channel)}.counts<std::string, double>())>);
static_assert(!att::learned_counts<std::vector<int>>);

}  // namespace

TEST_CASE("channels are numbered as they come, and sorted by what they are") {
    att::channel_numbers<std::string> numbers;
    CHECK(numbers("search") == 0);
    CHECK(numbers("display") == 1);
    CHECK(numbers("search") == 0);
    CHECK(numbers.size() == 2);
    CHECK(numbers[1] == "display");
    CHECK(numbers.find("newsletter") >= numbers.size());
    auto const order = numbers.in_order();
    CHECK(order.channels == std::vector<std::string>{"display", "search"});
    CHECK(order.place == std::vector<std::uint32_t>{1, 0});
}
