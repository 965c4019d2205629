// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/currencies.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace attribution::detail;

namespace {

struct plain {};
struct coins {
    static constexpr bool of_currency = true;
};
static_assert(std::same_as<currency_place<plain>, no_currency>);
static_assert(std::same_as<currency_place<coins>, currency_is_key>);
static_assert(std::same_as<currency_place<coins, plain>, currency_in_key<0>>);
static_assert(std::same_as<currency_place<plain, plain, coins>, currency_in_key<2>>);

enum class code : unsigned char { euro = 200 };

struct line {
    std::string name;
    [[nodiscard]] std::string const& currency() const { return name; }
};
struct lines : std::vector<line> {
    using row_type = line;
    using std::vector<line>::vector;
};
static_assert(has_currency<line> && !has_currency<plain>);

}  // namespace

TEST_CASE("currencies: their names in messages") {
    CHECK(currency_text("EUR") == "EUR");
    CHECK(currency_text(std::string_view{"JPY"}) == "JPY");
    CHECK(currency_text(std::array{'U', 'S', 'D'}) == "USD");
    CHECK(currency_text(std::optional<std::string>{}) == "(none)");
    CHECK(currency_text(std::optional{std::string{"EUR"}}) == "EUR");
    CHECK(currency_text('e') == "e");
    CHECK(currency_text(978) == "978");
    CHECK(currency_text(code::euro) == "200");
    CHECK(currency_text(std::tuple{1}) == "{?}");
}

TEST_CASE("currencies: the different ones, and which rows a refusal names") {
    lines const rows{{"EUR"}, {"EUR"}, {"USD"}, {"EUR"}, {"ATS"}};
    CHECK(currencies_in(rows) == std::vector<std::string>{"ATS", "EUR", "USD"});
    CHECK_THROWS_WITH_AS(check_one_currency(rows, "this"),
                         "this would add currencies: row 0 of the report is in EUR and row 2 in "
                         "USD; take totals(), which has each, or convert values before they are "
                         "attributed",
                         std::domain_error);
    CHECK_NOTHROW(check_one_currency(lines{}, "this"));
    CHECK_NOTHROW(check_one_currency(lines{{"EUR"}, {"EUR"}}, "this"));
}
