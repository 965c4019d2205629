// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/crediting.hpp>

#include "support/records.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/time_decay.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

using namespace support;

namespace {

using att::detail::crediting_of;
using att::detail::equal_credits;
using att::detail::shape_crediting;

using decay = decltype(att::time_decay(1));
static_assert(std::same_as<crediting_of<cents, att::linear_fn, tick>::type,
                           shape_crediting<cents, att::linear_fn>>);
static_assert(std::same_as<crediting_of<cents, att::first_touch_fn, tick>::type,
                           att::detail::pick_crediting<cents, att::first_touch_fn>>);
static_assert(std::same_as<crediting_of<cents, decay, tick>::type,
                           att::detail::age_crediting<cents, decay, tick>>);
static_assert(std::same_as<crediting_of<cents, decltype(1 * att::linear), tick>::type,
                           att::detail::crediting<cents>>);

/// first, length and amount of each stretch.
template <class Model>
constexpr std::vector<std::vector<cents>> stretches(std::size_t length, cents value,
                                                    Model const& m) {
    std::vector<std::vector<cents>> found;
    shape_crediting<cents, Model> split{m};
    for (int round = 0; round < 2; ++round) {  // what is remembered is what is found out
        found.clear();
        bool const counts = split(length, value, [&](equal_credits<cents> const& all) {
            found.push_back(std::vector<cents>{static_cast<cents>(all.first),
                                               static_cast<cents>(all.length), all.amount});
        });
        require(counts == !found.empty());
    }
    return found;
}

/// Its shape counts nobody.
struct nobody_fn : att::model_tag {
    constexpr auto shape(std::size_t n) const { return std::array{att::level{n, 0}}; }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};

/// Only the touchpoint in the middle counts, with a weight that is no power of two.
struct middle_fn : att::model_tag {
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n / 2, 0}, att::level{1, 0.7}, att::level{n - n / 2 - 1, 0}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};

/// A value that goes to one touchpoint as a whole is not rounded.
template <class Amount>
constexpr void require_whole(std::size_t length, Amount value) {
    constexpr middle_fn middle;
    shape_crediting<Amount, middle_fn> split{middle};
    std::size_t times = 0;
    require(split(length, value, [&](equal_credits<Amount> const& all) {
        require(all.first == length / 2 && all.length == 1 && all.amount == value &&
                all.share == 1.0);
        ++times;
    }));
    require(times == 1);
}

constexpr bool test() {
    for (std::size_t const length :
         {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{80}}) {
        for (double const value : {0.1, -1.0 / 3, 0x1p-1074, -0x1.fffffffffffffp1023})
            require_whole(length, value);
        require_whole(length, 0.1F);
        for (std::int64_t const value : {INT64_MIN, INT64_MAX, std::int64_t{-7}, std::int64_t{0}})
            require_whole(length, value);
    }
    using list = std::vector<std::vector<cents>>;
    require(stretches(0, 10, att::linear).empty());
    require(stretches(5, 10, att::first_touch) == list{{0, 1, 10}});
    require(stretches(4, 10, att::linear) == list{{0, 2, 3}, {2, 2, 2}});
    require(stretches(5, 10, att::position_based()) ==
            list{{0, 1, 4}, {1, 2, 1}, {3, 1, 0}, {4, 1, 4}});
    require(stretches(200, 400, att::linear) == list{{0, 200, 2}});
    require(stretches(3, 10, nobody_fn{}).empty());
    require(split(10, path_at(1, 2, 3), nobody_fn{}) == gives(0, 0, 0, 10));
    return true;
}
static_assert(test());

/// Weights that are level are split in another way, to the same bytes.
constexpr void require_as_split(std::vector<double> const& given, double value) {
    std::vector<touch> const log(given.size(), touch{1, 1, 'a'});
    std::vector<sale> const book{{1, 6, 100, 'x'}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const sales = att::conversions(book, &sale::user, &sale::at, &sale::value);
    att::anchor const about{sales, touches, 0, std::optional<tick>{}};
    std::vector<att::detail::visit<tick>> visits;
    for (std::size_t i = 0; i < given.size(); ++i)
        visits.push_back({1, i, given.size() - i});
    att::detail::workspace<tick> space;
    att::path const steps{about, {visits.data(), visits.size()}, space};
    auto const m = [&](auto const&, att::weights w) {
        for (std::size_t i = 0; i < w.size(); ++i)
            w[i] = given[i];
    };
    std::vector<att::credit<double>> expected;
    att::detail::splitter whole;
    bool const counts = whole.weigh(given);
    if (counts)
        whole.split_each(value, [&](std::size_t i, double part, double share) {
            expected.push_back({0, i, part, share});
        });
    std::vector<att::credit<double>> found;
    att::detail::crediting<double> split;
    require(split(steps, value, m, [&](equal_credits<double> const& all) {
                for (std::size_t i = 0; i < all.length; ++i)
                    found.push_back({0, all.first + i, all.amount, all.share});
            }) == counts);
    require(found == expected);
}

constexpr bool level() {
    for (double const value : {0.1, -1.0 / 3, 0.0, 0x1.fffffffffffffp1023})
        for (double const w : {1.0, 3.0, 0.1, 0x1p-1074, 3 * 0x1p-1074, 0x1.fffffffffffffp1023}) {
            require_as_split({w, 0, 0}, value);
            require_as_split({w, w, w}, value);
            require_as_split({0, w, w, 0, -0.0, w, 0}, value);
            require_as_split({-0.0, w, w / 2, 0, w}, value);
        }
    require_as_split({0, -0.0}, 1);
    require_as_split({-0.0, -0.0, -0.0}, 1);
    require_as_split({}, 1);
    return true;
}
static_assert(level());

}  // namespace

TEST_CASE("crediting by shape") {
    CHECK(test());
}

TEST_CASE("level weights earn what all weights earn") {
    CHECK(level());
}
