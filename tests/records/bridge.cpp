// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/bridge.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/policy/without_duplicates.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>

#include "support/law.hpp"
#include "support/random.hpp"

#include <doctest/doctest.h>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <cstdint>
#include <forward_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

struct visit {
    std::string contact;
    int at;
    std::string channel;
};
struct role {
    std::string contact;
    int deal;
    std::string title;
};
struct deal {
    int id;
    int at;
    int value;
};

std::vector<visit> const visits{
    {"ann", 1, "fair"}, {"bob", 2, "mail"}, {"eve", 3, "fair"}, {"ann", 4, "mail"}};
std::vector<role> const roles{
    {"bob", 7, "buyer"}, {"ann", 7, "user"}, {"ann", 8, "buyer"}, {"joe", 8, "user"}};
std::vector<deal> const deals{{7, 5, 90}, {8, 9, 100}};

auto bridged_visits() {
    return att::bridged(visits, &visit::contact, att::bridge(roles, &role::contact));
}

using rows = std::vector<std::size_t>;

template <class Span>
rows listed(Span const& span) {
    return {span.begin(), span.end()};
}

}  // namespace

TEST_CASE("a visit counts in each deal in which its contact has a role") {
    auto const seen = bridged_visits();
    REQUIRE(seen.size() == 5);
    CHECK(listed(seen.unlinked()) == rows{2});
    CHECK(&seen[0].record == &visits[0]);
    CHECK(&seen[1].link == &roles[2]);
    CHECK(seen.record_row(4) == 3);
    CHECK(seen.link_row(4) == 2);

    auto const touches =
        att::touchpoints(seen, att::of_link(&role::deal), att::of_record(&visit::at));
    auto const book = att::conversions(deals, &deal::id, &deal::at, &deal::value);
    auto const report =
        att::attribute(book, touches, att::linear, att::lookback(10),
                       att::by(att::of_record(&visit::channel), att::of_link(&role::title)));
    // 7: fair and mail by ann, a user, and mail by bob, a buyer; 8: fair and mail by ann, its buyer.
    auto const earned = [&](char const* channel, char const* title) {
        for (auto const& row : report)
            if (std::get<0>(row.key) == channel && std::get<1>(row.key) == title)
                return row.amount;
        return -1;
    };
    CHECK(earned("fair", "user") == 30);
    CHECK(earned("mail", "user") == 30);
    CHECK(earned("mail", "buyer") == 30 + 50);
    CHECK(earned("fair", "buyer") == 50);
    CHECK(report.total() == 190);
}

TEST_CASE("policies ask the link, and explain names what became of each pair") {
    auto const seen = bridged_visits();
    auto const touches =
        att::touchpoints(seen, att::of_link(&role::deal), att::of_record(&visit::at));
    auto const book = att::conversions(deals, &deal::id, &deal::at, &deal::value);
    auto const buyers = att::where(att::of_link(&role::title), "buyer");
    auto const audit = att::explain(book, touches, att::linear, att::lookback(10) && buyers);
    CHECK(audit.credits().touchpoint(audit.credits()[0]).record.contact == "bob");
    CHECK(audit.credits()[0].amount == 90);
    CHECK(audit.credits()[1].amount == 50);
}

TEST_CASE("a contact with two roles in a deal has its visits in it twice, or once by their id") {
    std::vector<role> const two{{"ann", 7, "user"}, {"ann", 7, "buyer"}};
    std::vector<visit> const both{{"ann", 1, "fair"}, {"bob", 2, "mail"}};
    std::vector<role> links = two;
    links.push_back({"bob", 7, "user"});
    auto const seen = att::bridged(both, &visit::contact, att::bridge(links, &role::contact));
    auto const touches =
        att::touchpoints(seen, att::of_link(&role::deal), att::of_record(&visit::at));
    auto const book = att::conversions(deals, &deal::id, &deal::at, &deal::value);
    auto const mails = [&](auto const& policy) {
        auto const report = att::attribute(book, touches, att::linear, policy,
                                           att::by(att::of_record(&visit::channel)));
        for (auto const& row : report)
            if (row.key == "mail")
                return row.amount;
        return -1;
    };
    CHECK(mails(att::lookback(10)) == 30);
    auto const once = att::without_duplicates(touches, [](auto const& one) {
        return std::pair{one.record.at, one.link.deal};
    });
    CHECK(mails(att::lookback(10) && once) == 45);
}

TEST_CASE("missing keys lead nowhere, and keys of other types meet where they are equal") {
    struct click {
        std::optional<std::int64_t> user;
        int at;
    };
    struct link {
        std::optional<std::uint8_t> user;
        char const* account;
    };
    std::vector<click> const clicks{{1, 1}, {{}, 2}, {257, 3}, {-1, 4}, {2, 5}};
    std::vector<link> const links{{1, "a"}, {{}, "b"}, {1, "c"}};
    auto const users = att::bridge(links, &link::user);
    std::vector<link> const no_links;
    CHECK(users.size() == 3);
    CHECK(users[1].account == std::string_view{"b"});
    CHECK(listed(users.links_of(1)) == rows{0, 2});
    CHECK(users.links_of(257).empty());
    CHECK(users.links_of(std::optional<int>{}).empty());
    CHECK(users.links_of(std::numeric_limits<double>::quiet_NaN()).empty());
    auto const seen = att::bridged(clicks, &click::user, users);
    CHECK(seen.size() == 2);
    CHECK(listed(seen.unlinked()) == rows{1, 2, 3, 4});
    CHECK(att::bridged(clicks, &click::user, att::bridge(no_links, &link::user)).size() == 0);
}

TEST_CASE("ranges without random access, and views whose elements are made on the fly") {
    std::forward_list<visit> const list(visits.begin(), visits.end());
    auto const shout = roles | ranges::views::transform([](role const& one) {
                           return role{one.contact, one.deal, one.title + "!"};
                       });
    auto const seen = att::bridged(list, &visit::contact, att::bridge(shout, &role::contact));
    REQUIRE(seen.size() == 5);
    CHECK(seen[0].link.title == "user!");
    auto const title = att::of_link(&role::title);
    static_assert(std::is_same_v<decltype(title(seen[0])), std::string>);
    static_assert(
        std::is_same_v<decltype(att::of_record(&visit::channel)(seen[0])), std::string const&>);
    CHECK(title(seen[0]) == "user!");
    CHECK(
        att::bridged(list, &visit::contact, att::bridge(shout, &role::contact))[0].record.contact ==
        "ann");
}

TEST_CASE("law: bridged records earn what records unrolled by hand earn") {
    support::for_all_worlds([](support::random_numbers& random) {
        struct touch {
            int user;
            int at;
            int channel;
        };
        struct tie {
            int user;
            int account;
        };
        struct sale {
            int account;
            int at;
            int value;
        };
        struct unrolled {
            int account;
            int at;
            int channel;
        };
        auto const some = [&](std::size_t below) { return static_cast<int>(random.below(below)); };
        std::vector<touch> touches(random.below(8));
        for (auto& one : touches)
            one = {some(4), some(6), some(3)};
        std::vector<tie> ties(random.below(6));
        for (auto& one : ties)
            one = {some(4), some(3)};
        std::vector<sale> sales(random.below(4));
        for (auto& one : sales)
            one = {some(3), some(8), some(100)};
        std::vector<unrolled> by_hand;
        std::size_t reached = 0;
        for (auto const& one : touches) {
            auto const before = by_hand.size();
            for (auto const& each : ties)
                if (each.user == one.user)
                    by_hand.push_back({each.account, one.at, one.channel});
            reached += by_hand.size() != before;
        }
        auto const seen = att::bridged(touches, &touch::user, att::bridge(ties, &tie::user));
        support::holds(reached + seen.unlinked().size() == touches.size());
        auto const book = att::conversions(sales, &sale::account, &sale::at, &sale::value);
        auto const a = att::attribute(
            book, att::touchpoints(seen, att::of_link(&tie::account), att::of_record(&touch::at)),
            att::linear, att::lookback(4));
        auto const b =
            att::attribute(book, att::touchpoints(by_hand, &unrolled::account, &unrolled::at),
                           att::linear, att::lookback(4));
        support::holds(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    });
}
