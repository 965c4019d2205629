// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/group_value.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <compare>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace attribution::detail;
using support::require;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using mixed = std::tuple<int, std::optional<float>, std::array<double, 2>>;

static_assert(holds_floating<float> && holds_floating<std::optional<double>> &&
              holds_floating<mixed> && holds_floating<std::pair<int, double>>);
static_assert(!holds_floating<int> && !holds_floating<std::string> &&
              !holds_floating<std::pair<int, std::optional<char>>>);

/// A number in a class of the user's, older than operator <=>.
struct score {
    double value;
    friend constexpr bool operator==(score a, score b) { return a.value == b.value; }
    friend constexpr bool operator<(score a, score b) { return a.value < b.value; }
};
struct grade {
    double value;
    friend auto operator<=>(grade const&, grade const&) = default;
};
struct name {
    std::string text;
    friend auto operator<=>(name const&, name const&) = default;
};
using fine_time = std::chrono::sys_time<std::chrono::duration<double>>;
static_assert(holds_floating<score> && holds_floating<grade> && holds_floating<fine_time> &&
              holds_floating<std::optional<grade>> && holds_floating<std::vector<double>>);
static_assert(!holds_floating<name> && !holds_floating<std::string_view> &&
              !holds_floating<std::chrono::sys_seconds> && !holds_floating<std::vector<int>>);

constexpr bool test() {
    require(as_group(2.5, "row ", 0) == 2.5 && as_group(-infinity, "row ", 0) == -infinity);
    require(as_group(7, "row ", 0) == 7);
    std::string_view const text{"text"};
    require(&as_group(text, "row ", 0) == &text);  // nothing is copied
    constexpr score two{2};
    require(&as_group(two, "row ", 0) == &two);
    require(group_form(std::pair{-0.0, 3}) == std::pair{0.0, 3});
    require(group_form(std::optional<double>{}) == std::nullopt);
    return true;
}
static_assert(test());

bool is_plain_zero(double value) {
    return value == 0 && !std::signbit(value);
}

}  // namespace

TEST_CASE("what names a group is the same for all that are equal to it") {
    CHECK(test());
    CHECK(is_plain_zero(as_group(-0.0, "row ", 0)));
    CHECK(is_plain_zero(as_group(0.0, "row ", 0)));
    CHECK(is_plain_zero(*as_group(std::optional{-0.0}, "row ", 0)));
    auto const [number, maybe, both] = as_group(mixed{1, -0.0F, {-0.0, -2.5}}, "row ", 0);
    CHECK(number == 1);
    CHECK(!std::signbit(*maybe));
    CHECK(is_plain_zero(both[0]));
    CHECK(both[1] == -2.5);
}

TEST_CASE("a NaN names no group") {
    CHECK_THROWS_WITH_AS((void)as_group(not_a_number, "by: the group of touchpoint row ", 7),
                         "by: the group of touchpoint row 7 is not a number and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
    CHECK_THROWS_AS((void)as_group(std::optional{not_a_number}, "row ", 0), std::domain_error);
    CHECK_THROWS_AS((void)as_group(score{not_a_number}, "row ", 0), std::domain_error);
    CHECK_THROWS_AS((void)as_group(std::optional{grade{not_a_number}}, "row ", 0),
                    std::domain_error);
    CHECK_THROWS_AS((void)as_group(fine_time{std::chrono::duration<double>{not_a_number}}, "", 0),
                    std::domain_error);
    CHECK_THROWS_AS((void)as_group(std::vector{1.0, not_a_number}, "row ", 0), std::domain_error);
    CHECK_THROWS_AS((void)as_group(mixed{1, std::nullopt, {0.0, not_a_number}}, "row ", 0),
                    std::domain_error);
}

TEST_CASE("a null pointer to text names no group") {
    char const* text = "text";
    CHECK(&as_group(text, "row ", 0) == &text);
    text = nullptr;
    CHECK_THROWS_WITH_AS((void)as_group(text, "by: the group of conversion row ", 3),
                         "by: the group of conversion row 3 is a null pointer and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
}

TEST_CASE("characters of an array are a text, which may fill it") {
    char const full[] = {'E', 'U', 'R'};
    CHECK(as_group(full, "row ", 0) == "EUR");
    CHECK(as_group("mail", "row ", 0) == "mail");
}

TEST_CASE("only what as_group gives is in its form") {
    for (double const value : {0.0, 2.5, -2.5, infinity, -infinity})
        CHECK(is_group_form(value));
    CHECK(!is_group_form(-0.0));
    CHECK(!is_group_form(not_a_number));
    CHECK(is_group_form(std::optional<double>{}));
    CHECK(!is_group_form(std::optional{-0.0}));
    CHECK(is_group_form(mixed{1, 2.0F, {0.0, 3}}));
    CHECK(!is_group_form(mixed{1, 2.0F, {0.0, -0.0}}));
    CHECK(is_group_form(std::string{"text"}));
    CHECK(score{1} < score{2});
    CHECK(grade{1} < grade{2});
    CHECK(name{"a"} < name{"b"});
    CHECK(is_group_form(grade{-0.0}));
    CHECK(!is_group_form(grade{not_a_number}));
}

TEST_CASE("an id that holds a NaN is missing") {
    CHECK(is_missing(score{not_a_number}));
    CHECK(!is_missing(score{1}));
    CHECK(is_missing(std::optional{grade{not_a_number}}));
    CHECK(is_missing(fine_time{std::chrono::duration<double>{not_a_number}}));
    CHECK(!is_missing(fine_time{}));
}

TEST_CASE("an id of which a part is missing is missing") {
    CHECK(is_missing(std::pair{1, not_a_number}));
    CHECK(is_missing(std::tuple{std::optional<int>{}, 1, 2.0}));
    CHECK(!is_missing(std::tuple{std::optional{3}, 1, 2.0}));
    CHECK(is_missing(std::array{1.0, not_a_number}));
    CHECK(is_missing(std::optional{std::pair{1, not_a_number}}));
}
