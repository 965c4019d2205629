// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/learned_model.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

struct seen {
    double channel;
};
struct one_step {
    seen const* what;
    seen const& touchpoint() const { return *what; }
    std::size_t row() const { return 7; }
};

struct numbers {
    att::channel_numbers<double> channels;
    std::vector<std::string> effects;
    att::model_card card;
};

/// A model of one's own.
class own_model : public att::learned_model<double seen::*, double, numbers> {
  public:
    explicit own_model(std::shared_ptr<numbers const> what)
        : learned_model{&seen::channel, std::move(what)} {}
    std::size_t number(seen const& one) const { return number_of(one_step{&one}, "own: row "); }
};

own_model made() {
    auto what = std::make_shared<numbers>();
    (void)what->channels(2.5);
    (void)what->channels(0.5);
    what->effects = {"much", "little"};
    what->card.more.emplace_back("a", "b");
    return own_model{std::move(what)};
}

static_assert(std::same_as<decltype(made().effects()), std::vector<std::string>>);
static_assert(std::same_as<decltype(made().card()), att::model_card>);
static_assert(std::same_as<decltype(std::declval<own_model const&>().effects()),
                           std::vector<std::string> const&>);
static_assert(std::derived_from<own_model, att::model_tag>);

}  // namespace

TEST_CASE("learned_model: the numbers are shared by copies, and outlive them") {
    auto one = std::make_unique<own_model>(made());
    auto const copy = *one;
    CHECK(&copy.effects() == &one->effects());
    one.reset();
    CHECK(copy.effects() == std::vector<std::string>{"much", "little"});
    CHECK(copy.card().more.front().second == "b");
    std::string all;
    for (auto const& effect : made().effects())
        all += effect;
    CHECK(all == "muchlittle");
}

TEST_CASE("learned_model: the number of a channel, of one that was never learned, and of a NaN") {
    auto const own = made();
    CHECK(own.number({2.5}) == 0);
    CHECK(own.number({0.5}) == 1);
    CHECK(own.number({7.5}) >= 2);
    CHECK_THROWS_WITH_AS((void)own.number({std::numeric_limits<double>::quiet_NaN()}),
                         doctest::Contains("own: row 7"), std::domain_error);
}
