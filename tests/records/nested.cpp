// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/nested.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <deque>
#include <list>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    int at;
    std::string channel;
};
struct journey {
    int id;
    int at;
    int value;
    std::vector<touch> touches;
};

std::vector<journey> const journeys{{7, 9, 100, {{1, "search"}, {8, "mail"}}},
                                    {8, 9, 50, {}},
                                    {9, 3, 20, {{4, "late"}, {2, "fair"}}}};

}  // namespace

TEST_CASE("journeys that arrive grouped are attributed as they are") {
    auto const seen = att::nested(journeys, &journey::touches);
    REQUIRE(seen.size() == 4);
    CHECK(&seen[3].record == &journeys[2].touches[1]);
    CHECK(&seen[3].link == &journeys[2]);
    CHECK(seen.record_row(3) == 1);
    CHECK(seen.link_row(3) == 2);
    CHECK(seen.unlinked().empty());

    auto const report = att::attribute(
        att::conversions(journeys, &journey::id, &journey::at, &journey::value),
        att::touchpoints(seen, att::of_link(&journey::id), att::of_record(&touch::at)),
        att::last_touch, att::lookback(30), att::by(att::of_record(&touch::channel)));
    REQUIRE(report.size() == 3);
    CHECK(report[0].key == "fair");
    CHECK(report[0].amount == 20);
    CHECK(report[1].key == "mail");
    CHECK(report[1].amount == 100);
    CHECK_FALSE(report[2].key.has_value());
    CHECK(report[2].amount == 50);
}

TEST_CASE("inner records through a span, of a list, and of nothing") {
    std::vector<touch> const all{{1, "a"}, {2, "b"}, {3, "c"}};
    struct part {
        std::size_t from;
        std::size_t many;
    };
    std::list<part> const parts{{2, 1}, {0, 0}, {0, 2}};
    auto const inside = [&all](part const& one) {
        return std::span{all}.subspan(one.from, one.many);
    };
    auto const seen = att::nested(parts, inside);
    REQUIRE(seen.size() == 3);
    CHECK(&seen[0].record == &all[2]);
    CHECK(&seen[1].record == &all[0]);
    CHECK(seen[2].link.many == 2);

    struct box {
        std::deque<int> numbers;
    };
    std::vector<box> const boxes{{{}}, {{4, 5}}};
    auto const numbers = att::nested(boxes, &box::numbers);
    REQUIRE(numbers.size() == 2);
    CHECK(numbers[1].record == 5);
}

TEST_CASE("inner records that a view makes on the fly, and outer ones too") {
    std::vector<int> const sizes{2, 0, 1};
    auto const boxes = sizes | ranges::views::transform([](int size) {
                           return std::pair{size, 7};
                       });
    auto const counted = att::nested(boxes, [](std::pair<int, int> const& box) {
        return ranges::views::iota(box.second, box.second + box.first);
    });
    REQUIRE(counted.size() == 3);
    CHECK(counted[1].record == 8);
    CHECK(counted[2].record == 7);
    CHECK(counted[2].link.first == 1);
}
