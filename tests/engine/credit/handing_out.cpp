// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/handing_out.hpp>

#include "support/records.hpp"

#include <attribution/credit/credit.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;
namespace detail = attribution::detail;

namespace {

std::vector<touch> const visited{{1, 10}, {1, 20}, {2, 5}};
std::vector<sale> const book{{1, 30, 100}, {3, 30, 7}, {2, 30, 50}};

}  // namespace

TEST_CASE("credits are kept model by model, in the order of the rows") {
    auto const joined = att::join(sales(book), touches(visited));
    auto const kept = detail::kept_credits(att::parallel{1}, joined, att::always, att::first_touch,
                                           att::last_touch);
    REQUIRE(kept.size() == 2);
    REQUIRE(kept[0].size() == 3);
    CHECK(kept[0][0].touchpoint == 0);
    CHECK(kept[1][0].touchpoint == 1);
    CHECK_FALSE(kept[0][1].attributed());
    CHECK(kept[0][2].touchpoint == 2);

    auto of_models = kept;
    auto const both = detail::ledgers(joined, of_models, std::index_sequence<0, 1>{});
    CHECK(both[1].size() == 3);
    CHECK(both[1].touchpoint(both[1][0]).at == 20);
}

TEST_CASE("a sink that takes credits one by one takes them on one thread") {
    auto const joined = att::join(sales(book), touches(visited));
    std::vector<std::size_t> rows;
    auto const sink = [&](auto const& earned) { rows.push_back(earned.conversion); };
    detail::hand_in_order(att::parallel{1}, joined, att::always, sink, att::last_touch);
    CHECK(rows == std::vector<std::size_t>{0, 1, 2});
    CHECK_THROWS_AS(
        detail::hand_in_order(att::parallel{2}, joined, att::always, sink, att::last_touch),
        std::invalid_argument);
    CHECK(rows.size() == 3);
}

TEST_CASE("parts become one, in their order, on any number of threads") {
    auto const same = [](auto make) {
        using element = decltype(make(0));
        for (std::size_t const threads : {1u, 3u})
            for (std::size_t const count : {0u, 1u, 2u, 7u}) {
                std::vector<detail::large_vector<element>> parts(count);
                detail::large_vector<element> expected;
                for (std::size_t part = 0; part < count; ++part)
                    for (std::size_t i = 0; i < part * 5 % 7; ++i) {
                        parts[part].push_back(make(static_cast<int>(10 * part + i)));
                        expected.push_back(parts[part].back());
                    }
                CHECK(detail::one_after_another(parts, threads) == expected);
                for (auto const& part : parts)
                    CHECK(part.empty());
            }
    };
    same([](int number) {
        return att::credit<double>{0, static_cast<std::size_t>(number), 1.0, 1.0};
    });
    same([](int number) { return std::to_string(number); });
}

TEST_CASE("a ledger may have many more credits than there are records") {
    constexpr std::size_t conversions = 70, touchpoints = 50;
    std::vector<sale> const sold(conversions, {1, 100, 5000});
    std::vector<touch> const log(touchpoints, {1, 95});
    auto const journeys = att::join(sales(sold), touches(log));
    for (std::size_t const threads : {1U, 3U}) {
        auto const all = detail::kept_credits(att::parallel{threads}, journeys, att::always,
                                              att::linear, att::last_touch);
        REQUIRE(all[0].size() == conversions * touchpoints);
        std::size_t right = 0;
        for (std::size_t i = 0; i < all[0].size(); ++i)
            right += all[0][i] == att::credit<cents>{i / touchpoints, i % touchpoints, 100,
                                                     1.0 / touchpoints}
                         ? 1U
                         : 0U;
        CHECK(right == all[0].size());
        CHECK(all[1].size() == conversions);
    }
}
