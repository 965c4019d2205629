// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/linked.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;

namespace {

struct visit {
    std::string channel;
    [[nodiscard]] std::string loud() const { return channel + "!"; }
};
struct role {
    int deal;
};

using borrowed = att::linked_record<visit const&, role const&>;
using made = att::linked_record<visit, role>;

auto const channel = att::of_record(&visit::channel);
auto const deal = att::of_link(&role::deal);

// A reference only into what stays.
static_assert(std::is_same_v<decltype(channel(std::declval<borrowed>())), std::string const&>);
static_assert(std::is_same_v<decltype(channel(std::declval<made const&>())), std::string>);
static_assert(std::is_same_v<decltype(deal(std::declval<borrowed>())), int const&>);
static_assert(std::is_same_v<decltype(deal(std::declval<made>())), int>);
// Projections of one side are not taken for those of the other.
static_assert(!std::is_invocable_v<decltype(att::of_link(&visit::channel)), borrowed const&>);
static_assert(!std::is_invocable_v<decltype(att::of_record(&role::deal)), borrowed const&>);
static_assert(!std::is_invocable_v<decltype(channel), visit const&>);

struct pairs_of {
    [[maybe_unused]] static constexpr bool holds_data = false;
    std::vector<visit> const* visits;
    std::vector<role> const* roles;
    borrowed operator()(std::size_t record, std::size_t link) const {
        return {(*visits)[record], (*roles)[link]};
    }
};
struct pairs_of_its_own {
    [[maybe_unused]] static constexpr bool holds_data = true;
    std::vector<visit> visits;
    std::vector<role> roles;
    borrowed operator()(std::size_t record, std::size_t link) const {
        return {visits[record], roles[link]};
    }
};

}  // namespace

TEST_CASE("pairs are read in their order, and lead back to their rows") {
    std::vector<visit> const visits{{"mail"}, {"fair"}};
    std::vector<role> const roles{{7}, {8}};
    att::linked_records const all{pairs_of{&visits, &roles}, {{1, 0}, {1, 1}}, {0}};
    REQUIRE(all.size() == 2);
    CHECK(all.record_row(0) == 1);
    CHECK(all.link_row(1) == 1);
    CHECK(all.unlinked()[0] == 0);
    CHECK(channel(all[0]) == "fair");
    CHECK(att::of_record(&visit::loud)(all[0]) == "fair!");
    int sum = 0;
    for (auto const& one : all)
        sum += deal(one);
    CHECK(sum == 15);
    CHECK(att::linked_records{pairs_of{&visits, &roles}, {{1, 0}}, {0, 1}}.unlinked().size() == 2);
}

TEST_CASE("a temporary that holds its data gives copies") {
    auto const all = [] {
        return att::linked_records{pairs_of_its_own{{{"mail"}}, {{7}}}, {{0, 0}}, {}};
    };
    static_assert(std::is_same_v<decltype(all()[0]), made>);
    CHECK(all()[0].record.channel == "mail");
}
