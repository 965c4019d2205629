// SPDX-License-Identifier: BSL-1.0
#include <support/checked_fields.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

using namespace examples;

namespace {

csv_field field(std::string_view text) {
    return {text, {"a.csv", 7, "what"}};
}

}  // namespace

TEST_CASE("checked_fields: one of two events") {
    auto const pays = is_first_of("paid", "refunded");
    CHECK(pays(field("paid")));
    CHECK(!pays(field("refunded")));
    CHECK(error_of<input_error>([&] { static_cast<void>(pays(field("Paid"))); }) ==
          "a.csv:7: column 'what': 'Paid' is no event this report knows, 'paid' and "
          "'refunded' are");
}

TEST_CASE("checked_fields: what is more than anything can be") {
    CHECK(at_most(field("9"), 9, 9, "nine") == 9);
    CHECK(error_of<input_error>([] { static_cast<void>(at_most(field("10"), 10, 9, "nine")); }) ==
          "a.csv:7: column 'what': '10' is more than nine, look for another unit or a "
          "misplaced decimal point");
    auto const form = up_to(9, "nine", count);
    CHECK(form(field("9")) == 9);
    CHECK(error_of<input_error>([&] {
              static_cast<void>(form(field("10")));
          }).find("'10' is more than nine") != std::string::npos);
    CHECK(error_of<input_error>([&] {
              static_cast<void>(form(field("ten")));
          }).find("is not a count") != std::string::npos);
}

TEST_CASE("checked_fields: amounts that stay within a limit, whatever their signs") {
    limited_amounts amounts{2, 300, "{} is too much"};
    CHECK(amounts(field("1.00")) == 100);
    CHECK(amounts(field("-2")) == -200);
    CHECK(amounts(field("0")) == 0);
    auto const more = [&](std::string_view text) {
        return error_of<input_error>([&] { static_cast<void>(amounts(field(text))); });
    };
    CHECK(more("0.01") == "a.csv:7: column 'what': '0.01' is too much");
    CHECK(more("-92233720368547758.08") ==
          "a.csv:7: column 'what': '-92233720368547758.08' is too much");
    CHECK(more("ten").find("decimal number") != std::string::npos);
}

TEST_CASE("checked_fields: amounts that leave room for their sums") {
    limited_amounts amounts{6, "payments"};
    CHECK(amounts(field("576460752303.423487")) == 576'460'752'303'423'487);
    CHECK(error_of<input_error>([&] { static_cast<void>(amounts(field("0.000001"))); }) ==
          "a.csv:7: column 'what': '0.000001': with this row payments add up to more than "
          "576,460,752,303.423487, look for a misplaced decimal point");
}

TEST_CASE("checked_fields: what belongs to one") {
    listed_once once{"is taken"};
    CHECK(once(field("list"), "anna") == "anna");
    CHECK(once(field("list"), "ben") == "ben");
    CHECK(error_of<input_error>([&] { static_cast<void>(once(field("list"), "anna")); }) ==
          "a.csv:7: column 'what': 'anna' is taken");
}
