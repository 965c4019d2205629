// SPDX-License-Identifier: BSL-1.0
#include <support/amounts.hpp>

#include <scratch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace examples;

namespace {

amount_book book_of(std::vector<std::string> const& texts) {
    amount_book book;
    std::size_t line = 1;
    for (auto const& text : texts)
        book.add({text, {"orders.csv", ++line, "revenue"}});
    return book;
}

}  // namespace

TEST_CASE("amounts keep their decimals while all of them fit") {
    auto const small = book_of({"1.5", "-0.123456789"});
    CHECK(small.decimals() == 9);
    CHECK(small.amount(0, 9) == std::pair{exact_amount{1'500'000'000}, false});
    CHECK(small.amount(1, 9) == std::pair{exact_amount{-123'456'789}, false});

    auto const large = book_of({"5000000000.125", "-5000000000", "0.00000005"});
    CHECK(large.decimals() == 7);
    CHECK(large.amount(0, 7) == std::pair{exact_amount{50'000'000'001'250'000}, false});
    CHECK(large.amount(2, 7) == std::pair{exact_amount{1}, true});  // half away from zero
}

TEST_CASE("amounts at the ends of what fits") {
    CHECK(book_of({"576460752.303423487"}).decimals() == 9);
    CHECK(book_of({"576460752.303423487", "0.000000001"}).decimals() == 8);
    CHECK(book_of({"5764607523034234.87"}).decimals() == 2);
    CHECK(book_of({"-5764607523034234.87"}).decimals() == 2);
    CHECK_THROWS_AS(static_cast<void>(book_of({"-5764607523034234.88"}).decimals()), input_error);
    CHECK_THROWS_AS(static_cast<void>(book_of({"5764607523034234.87", "-0.01"}).decimals()),
                    input_error);

    auto const halves = book_of({"0.005", "-0.005", "0.004999999", "-0.004999999", "0.01"});
    std::vector<std::pair<exact_amount, bool>> rounded;
    for (std::size_t i = 0; i < 5; ++i)
        rounded.push_back(halves.amount(i, 2));
    CHECK(rounded == std::vector<std::pair<exact_amount, bool>>{{exact_amount{1}, true},
                                                                {exact_amount{-1}, true},
                                                                {exact_amount{0}, true},
                                                                {exact_amount{0}, true},
                                                                {exact_amount{1}, false}});
}

TEST_CASE("amounts that do not fit with cents are refused by their row") {
    auto const book = book_of({"1", "9999999999999999", "1"});
    CHECK_THROWS_WITH_AS(static_cast<void>(book.decimals()),
                         doctest::Contains("orders.csv:3: column 'revenue'"), input_error);
}

TEST_CASE("amounts as texts") {
    CHECK(amount_text(exact_amount{1'500'000}, 6) == "1.5");
    CHECK(amount_text(0.1, 6) == "0.1");
    CHECK(full_text(exact_amount{-1'234'500'000}, 6) == "-1,234.5");
    CHECK(full_text(exact_amount{0}, 2) == "0.0");
    CHECK(units(2.5, 2) == 250);
    CHECK(units_of_one(3) == 1'000);
}
