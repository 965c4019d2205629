// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/dimensions.hpp>

#include "report/lines.hpp"
#include "support/world.hpp"

#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace support;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A number for each channel, of which some are equal and look different.
double score(touch const& t) {
    return t.channel == 'a' ? 0.0 : t.channel == 'b' ? -0.0 : 1.5;
}

}  // namespace

TEST_CASE("by: records of one type on both sides need to say which") {
    std::vector<sale> const events{{1, 1, 0, 'a'}, {1, 2, 10, 'b'}};
    auto const credits =
        att::attribute(sales(events), att::touchpoints(events, &sale::user, &sale::at), att::linear,
                       att::lookback(5));
    CHECK(text(credits | att::by(&sale::region)) == "a=5 b=5 -?0 ");  // a touchpoint first
    CHECK(text(credits | att::by(att::of_touchpoint(&sale::region))) == "a=5 b=5 -?0 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region))) == "a=0 b=10 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region),
                                 att::of_touchpoint(&sale::region))) == "aa=0 ba=5 bb=5 ");
}

TEST_CASE("by tells a missing group value from unattributed value") {
    auto const campaign = [](touch const& t) {
        return t.channel == 'b' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(grouped(campaign) == "-=225 a=85 c=-40 -?7 ");
}

TEST_CASE("by: a NaN is refused by its row, on both sides") {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const unless = [](char wanted) {
        return [wanted](auto const& record) {
            if constexpr (requires { record.channel; })
                return record.channel == wanted ? not_a_number : 1.5;
            else
                return record.region == wanted ? not_a_number : 1.5;
        };
    };
    CHECK_THROWS_WITH_AS((void)(ledger | att::by(att::of_touchpoint(unless('c')))),
                         "by: the group of touchpoint row 3 is not a number and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)(ledger | att::by(att::of_conversion(unless('x')))),
                         "by: the group of conversion row 1 is not a number and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
}

TEST_CASE("by: text by address is one group by its characters, in an optional too") {
    static char text[] = "name";
    auto const name = [](touch const& t) { return t.channel == 'a' ? "name" : &text[0]; };
    CHECK(grouped(name) == "name=270 -?7 ");
    auto const maybe = [&](touch const& t) {
        return t.channel == 'c' ? std::nullopt : std::optional<char const*>{name(t)};
    };
    CHECK(grouped(maybe) == "-=-40 name=310 -?7 ");
    // a null pointer in an optional is no text either
    CHECK(grouped([&](touch const& t) { return std::optional{maybe(t).value_or(nullptr)}; }) ==
          "-=-40 name=310 -?7 ");
    CHECK(grouped([](sale const& s) { return s.region == 'x' ? "name" : &text[0]; }) ==
          "name=270 name?7 ");
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    CHECK_THROWS_WITH_AS(
        (void)(ledger |
               att::by([](touch const& t) { return t.channel == 'c' ? nullptr : &text[0]; })),
        "by: the group of touchpoint row 3 is a null pointer and belongs to no group; name one for "
        "such records in the projection",
        std::domain_error);
    CHECK_THROWS_WITH_AS(
        (void)(ledger |
               att::by([](sale const& s) { return s.region == 'x' ? nullptr : &text[0]; })),
        "by: the group of conversion row 1 is a null pointer and belongs to no group; name one for "
        "such records in the projection",
        std::domain_error);
}

TEST_CASE("law: by: equal numbers are one group, whichever came first") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& s : w.book)
            s.value %= 1'000'000'007;  // so that sums fit
        auto const report_of = [](world const& of, auto const& projection) {
            return att::attribute(sales(of.book), touches(of.log), att::linear,
                                  att::lookback(world::lookback), att::by(projection));
        };
        auto shuffled = w;
        random.shuffle(shuffled.log);
        for (auto const& one : {w, shuffled}) {
            auto const named = report_of(one, [](touch const& t) { return t.channel == 'c'; });
            auto const report = report_of(one, &score);
            if (report.size() != named.size())
                broken("a group is there twice");
            for (std::size_t i = 0; i < report.size(); ++i) {
                if (report[i].amount != named[i].amount)
                    broken("another group");
                if (report[i].key && std::signbit(*report[i].key))
                    broken("the group of 0.0 shows how it was written");
            }
        }
    });
}
