// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/present.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace att = attribution;

namespace {

struct visit {
    std::string user;
    int at;
};

constexpr bool test() {
    constexpr auto id = att::present([](std::string_view text) { return text; });
    constexpr auto number =
        att::present([](int one) { return one; }, [](int one) { return one == 0; });
    return id(std::string_view{}) == std::nullopt && id(std::string_view{"x"}) == "x" &&
           number(0) == std::nullopt && number(-1) == -1;
}
static_assert(test());

}  // namespace

TEST_CASE("an empty text is nobody") {
    CHECK(test());
    std::vector<visit> const log{{"", 1}, {"ann", 2}, {"", 3}};
    std::vector<visit> const book{{"", 5}, {"ann", 5}};
    auto const ledger =
        att::attribute(att::conversions(book, att::present(&visit::user), &visit::at),
                       att::touchpoints(log, att::present(&visit::user), &visit::at), att::linear);
    REQUIRE(ledger.size() == 2);
    CHECK(!ledger[0].attributed());
    CHECK(ledger[1].touchpoint == 1);
}

TEST_CASE("text in a record is looked at, text made on the fly is handed over") {
    visit one{"a user whose name is not short", 1};
    auto const in_place = att::present(&visit::user);
    static_assert(std::same_as<decltype(in_place(one)), std::optional<std::string_view>>);
    CHECK(in_place(one)->data() == one.user.data());
    static_assert(std::same_as<decltype(in_place(visit{})), std::optional<std::string>>);
    CHECK(in_place(visit{one}) == one.user);
    auto const made = att::present([](visit const& v) { return v.user + "!"; });
    static_assert(std::same_as<decltype(made(one)), std::optional<std::string>>);
    CHECK(made(one) == one.user + "!");
}

TEST_CASE("what was missing before stays so") {
    auto const self = [](auto const& value) { return value; };
    auto const text = att::present(self);
    CHECK(text(std::optional<std::string>{}) == std::nullopt);
    CHECK(text(std::optional<std::string>{""}) == std::nullopt);
    CHECK(text(std::optional<std::string>{"x"}) == "x");
    CHECK(text(static_cast<char const*>(nullptr)) == std::nullopt);
    auto const number = att::present(self, [](double id) { return id < 0; });
    CHECK(number(std::numeric_limits<double>::quiet_NaN()) == std::nullopt);
    CHECK(number(-1.0) == std::nullopt);
    CHECK(number(0.0) == 0.0);
}

TEST_CASE("the words that mean nothing are for the caller to say") {
    auto const user = att::present(&visit::user, [](std::string_view id) {
        return id.empty() || id == "(not set)" || id == "\\N";
    });
    CHECK(user(visit{"(not set)", 1}) == std::nullopt);
    CHECK(user(visit{"\\N", 1}) == std::nullopt);
    CHECK(user(visit{"ann", 1}) == "ann");
}
