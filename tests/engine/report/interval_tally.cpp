// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/interval_tally.hpp>

#include "report/lines.hpp"

#include <attribution/report/with_intervals.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;

namespace {

auto const groups =
    att::with_intervals(att::by(&touch::channel, &sale::region), att::bootstrap{.replicates = 39});

}  // namespace

TEST_CASE("tallies of parts, merged in any order or as bytes, are the tally of the whole") {
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    auto const bind = [&] { return groups.bind(all.conversions(), all.touchpoints()); };
    auto whole = bind();
    for (auto const& earned : all)
        whole(earned);
    att::configuration const how{};
    auto const expected = att::to_bytes(whole, how);
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        auto front = bind();
        auto back = bind();
        for (std::size_t i = 0; i < all.size(); ++i)
            (i < cut ? front : back)(all[i]);
        auto sent = bind();
        att::merge_bytes(sent, att::to_bytes(back, how), how);
        att::merge_bytes(sent, att::to_bytes(front, how), how);
        back.merge(front);
        back.merge(bind());  // the identity
        CHECK(att::to_bytes(back, how) == expected);
        CHECK(att::to_bytes(sent, how) == expected);
        CHECK(text(sent.finish()) == text(whole.finish()));
        for (std::size_t row = 0; row < whole.finish().size(); ++row)
            CHECK(sent.finish()[row][0] == whole.finish()[row][0]);
    }
}

TEST_CASE("bytes of other tallies are refused, and buckets that there are not") {
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    att::configuration const how{};
    auto tally = groups.bind(all.conversions(), all.touchpoints());
    auto plain = att::by(&touch::channel, &sale::region).bind(all.conversions(), all.touchpoints());
    CHECK_THROWS_AS(att::merge_bytes(tally, att::to_bytes(plain, how), how), att::partial_error);
    CHECK_THROWS_AS(att::merge_bytes(plain, att::to_bytes(tally, how), how), att::partial_error);

    using tally_type = decltype(tally);
    tally_type::cells_type cells{};
    auto const in_bucket = [](std::uint32_t number) {
        return tally_type::key_tuple{'a', 'x', att::detail::customer_bucket{number}};
    };
    CHECK_FALSE(tally_type::has_group(in_bucket(3), true, cells));  // without credits
    cells[0].add(att::credit<cents>{0, 0, 5, 1.0});
    CHECK(tally_type::has_group(in_bucket(1023), true, cells));
    CHECK_FALSE(tally_type::has_group(in_bucket(1024), true, cells));
    CHECK_FALSE(tally_type::has_group(in_bucket(3), false, cells));
}

TEST_CASE("places that were asked for, but got no credit, are in no report and no bytes") {
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    auto const bind = [&] { return groups.bind(all.conversions(), all.touchpoints()); };
    auto tally = bind();
    tally(att::credit<cents>{3, 1, 50, 1.0});
    auto asked = tally;
    auto const first = asked.place_of(3, 1);
    CHECK(asked.place_of(1, 4) != first);  // another customer's, of the same group
    CHECK(asked.place_of(1, 3) != first);  // of another group
    CHECK(att::to_bytes(asked, {}) == att::to_bytes(tally, {}));
    CHECK(text(asked.finish()) == "ax=50 ");
    auto merged = bind();
    merged.merge(asked);
    CHECK(att::to_bytes(merged, {}) == att::to_bytes(tally, {}));
}

TEST_CASE("credits of rows that the records do not have are refused") {
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    auto tally = groups.bind(all.conversions(), all.touchpoints());
    CHECK_THROWS_WITH_AS(
        tally(att::credit<cents>{9, 0, 5, 1.0}),
        "by: a credit is of conversion row 9, and there are 4; add up credits with "
        "the records that they name",
        std::out_of_range);
    CHECK_THROWS_AS(tally(att::credit<cents>{0, 0, 5, 2.0}), std::domain_error);
    CHECK(tally.finish().empty());
}

TEST_CASE("a group that other models gave nothing in a replicate has nothing there") {
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    auto const by_channel =
        att::with_intervals(att::by(&touch::channel), att::bootstrap{.replicates = 39});
    auto const bind = [&] { return by_channel.bind(all.conversions(), all.touchpoints()); };
    auto whole = bind();
    for (std::size_t const row : {std::size_t{1}, std::size_t{0}, std::size_t{3}, att::no_row})
        whole(att::credit<cents>{0, row, 60, 1.0});  // a, b, c and unattributed
    for (std::size_t const missing : {0u, 1u, 2u, 3u}) {
        auto drawn = whole.drawn(whole.draws(0));
        for (auto& one : drawn.groups)
            one.sums[0] = 30;
        drawn.totals[0] = 90;
        drawn.groups.erase(drawn.groups.begin() + static_cast<std::ptrdiff_t>(missing));
        auto tally = whole;
        tally.take({39, drawn});
        auto const report = tally.finish();
        REQUIRE(report.size() == 4);
        for (std::size_t row = 0; row < 4; ++row) {
            CAPTURE(row);
            CHECK(report[row][0].high == (row == missing ? 0 : 30));
            CHECK(report[row][0].share_high == (row == missing ? 0.0 : 30.0 / 90.0));
        }
    }
}

TEST_CASE("nothing is merged if one of several models has too many credits") {
    auto const journeys = att::join(sales(book), touches(visits));
    auto const bind = [&] {
        return groups.bind<2>(journeys.conversions(), journeys.touchpoints());
    };
    auto whole = bind();
    auto part = bind();
    for (auto* const one : {&whole, &part})
        for (std::size_t const model : {0u, 1u})
            (*one)(att::credit<cents>{0, 0, 5, 1.0}, model);
    whole.add(whole.place_of(0, 0), att::portion_sum{1, 0, att::tally<cents>::most_credits - 1}, 1);
    auto const before = att::to_bytes(whole, {});
    CHECK_THROWS_AS(whole.merge(part), std::overflow_error);
    CHECK_THROWS_AS(att::merge_bytes(whole, att::to_bytes(part, {}), {}), std::overflow_error);
    CHECK(att::to_bytes(whole, {}) == before);
}
