// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/where.hpp>

#include "policy/earners.hpp"
#include "support/policy_suite.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace support;

constexpr auto log = path_through('a', 'b', 'a');

constexpr bool test() {
    constexpr auto is_b = [](char channel) { return channel == 'b'; };
    require(split(9, log, att::linear, att::where(&touch::channel, 'b')) == gives(0, 9, 0, 0));
    require(split(9, log, att::linear, att::where(&touch::channel, is_b)) == gives(0, 9, 0, 0));
    require(split(9, log, att::linear, att::where([](touch const& t) { return t.at > 1; })) ==
            gives(0, 5, 4, 0));
    require(split(9, log, att::linear, att::where(&touch::usage)) ==
            gives(3, 3, 3, 0));  // a member that converts to bool
    constexpr auto bought_here = [](touch const& t, sale const& s) { return t.at == s.at - 98; };
    require(split(9, log, att::linear, att::where(bought_here)) == gives(0, 9, 0, 0));
    require(split(9, log, att::linear, att::where(&touch::channel, 'z')) == gives(0, 0, 0, 9));
    return policy_suite(att::where(&touch::channel, 'a')) &&
           policy_suite(att::where([](touch const& t, sale const& s) { return t.at + 4 > s.at; }));
}
static_assert(test());

}  // namespace

TEST_CASE("where") {
    CHECK(test());
}

TEST_CASE("where compares text by its characters") {
    struct visit {
        int user;
        tick at;
        std::string channel;
        char const* medium;
        std::optional<std::string> campaign;
    };
    std::string const in_another_place = "cpc";
    std::vector<visit> const visits{{1, 1, "google", in_another_place.c_str(), "spring"},
                                    {1, 2, "bing", "organic", {}}};
    std::vector<sale> const book{{1, 9, 10}};
    auto const earner = [&](auto const& p) {
        auto const ledger = att::attribute(
            sales(book), att::touchpoints(visits, &visit::user, &visit::at), att::linear, p);
        REQUIRE(ledger.size() == 1);
        return ledger[0].touchpoint;
    };
    CHECK(earner(att::where(&visit::channel, "bing")) == 1);
    CHECK(earner(att::where(&visit::channel, std::string{"bing"})) == 1);
    CHECK(earner(att::where(&visit::channel, std::string_view{"google"})) == 0);
    CHECK(earner(att::where(&visit::medium, "cpc")) == 0);
    CHECK(earner(att::where(&visit::campaign, std::optional<std::string>{"spring"})) == 0);
    CHECK(earner(att::where(&visit::campaign, "spring")) == 0);
    CHECK(earner(att::where(&visit::campaign, std::nullopt)) == 1);
    CHECK(earner(att::where([](visit const& v) { return v.channel + "!"; }, "bing!")) == 1);
}

TEST_CASE("where compares numbers of two types by their values, and a null pointer with no text") {
    struct visit {
        int user;
        tick at;
        char const* medium;
        int score;
    };
    std::vector<visit> const visits{{1, 1, nullptr, -1}, {1, 2, "cpc", 7}};
    std::vector<sale> const book{{1, 9, 10}};
    auto const earners = [&](auto const& p) {
        return earners_of(sales(book), att::touchpoints(visits, &visit::user, &visit::at), p, 0);
    };
    using rows = std::vector<std::size_t>;
    CHECK(earners(att::where(&visit::medium, "cpc")) == rows{1});
    CHECK(earners(!att::where(&visit::medium, "cpc")) == rows{0});
    CHECK(earners(att::where(&visit::medium, nullptr)) == rows{0});
    char const* nothing = nullptr;
    CHECK_THROWS_WITH_AS((void)att::where(&visit::medium, nothing),
                         "where: what is to be compared with is a null pointer, not a text",
                         std::invalid_argument);
    CHECK(earners(att::where(&visit::score, 4'294'967'295U)).empty());
    CHECK(earners(att::where(&visit::score, 7.0)) == rows{1});
}
