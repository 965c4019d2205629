// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/sale_book.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <tuple>
#include <vector>

namespace att = attribution;

namespace {

template <class Amount>
using parts = std::vector<std::tuple<std::size_t, Amount, double>>;

/// What a refund takes back: row, amount and share.
template <class Amount>
parts<Amount> taken(att::detail::sale_book<Amount>& book, Amount refund, bool excessive = false) {
    parts<Amount> result;
    bool const more = book.take(0, refund, 9, [&](std::size_t row, Amount part, double share) {
        result.emplace_back(row, part, share);
    });
    CHECK(more == excessive);
    return result;
}

}  // namespace

TEST_CASE("the nearest multiple of a power of two") {
    using att::detail::nearest_multiple;
    CHECK(nearest_multiple(0.3, -2) == 0.25);
    CHECK(nearest_multiple(0.4, -2) == 0.5);
    CHECK(nearest_multiple(0.375, -2) == 0.5);  // up from the middle
    CHECK(nearest_multiple(5, 0) == 5);
    CHECK(nearest_multiple(5, -60) == 5);
    CHECK(nearest_multiple(1, 80) == 0);
}

TEST_CASE("a sale gives back what it gave, touchpoint by touchpoint") {
    att::detail::sale_book<std::int64_t> book{1};
    CHECK(!book.expects_refunds(0));
    book.expect_refunds(0);
    CHECK(book.expects_refunds(0));
    book.add(0, 5, 50, 75, 0.75);
    book.add(0, 6, 60, 25, 0.25);
    using whole = parts<std::int64_t>;
    whole const halves{{50, -38, -0.375}, {60, -12, -0.125}};
    whole const rest{{50, -37, -0.375}, {60, -13, -0.125}};
    CHECK(taken<std::int64_t>(book, -50) == halves);
    CHECK(taken<std::int64_t>(book, 0).empty());
    CHECK(taken<std::int64_t>(book, -50) == rest);
    CHECK(taken<std::int64_t>(book, -7, true) == whole{{att::no_row, -7, 0}});
}

TEST_CASE("a touchpoint may have got more of its sale than an amount can be, up to a weight") {
    att::detail::sale_book<std::int64_t> book{1};
    book.expect_refunds(0);
    book.add(0, 5, 50, INT64_MAX, 0.25);
    book.add(0, 5, 51, INT64_MAX, 0.25);
    CHECK(taken<std::int64_t>(book, -50).size() == 1);
    book.add(0, 5, 52, INT64_MAX, 0.25);
    CHECK_THROWS_WITH_AS((void)taken<std::int64_t>(book, -50),
                         "take_back: the credits of a refunded sale do not fit into the amount's "
                         "type",
                         std::overflow_error);
}

TEST_CASE("a floating sale leaves nothing behind") {
    att::detail::sale_book<double> book{1};
    book.expect_refunds(0);
    book.add(0, 0, 0, 0.1, 1.0 / 3);
    book.add(0, 1, 1, 0.2, 2.0 / 3);
    (void)taken(book, -0.1);
    double left = 0;
    for (auto const& [row, amount, share] : taken(book, -0.2))
        left += amount;
    CHECK(left == doctest::Approx(-0.2));
    CHECK(taken(book, -1.0, true) == parts<double>{{att::no_row, -1.0, 0}});
}

TEST_CASE("parts are multiples of the last digit of all that a touchpoint was given") {
    att::detail::sale_book<double> book{1};
    book.expect_refunds(0);
    book.add(0, 0, 0, 1000, 0.5);
    book.add(0, 0, 1, 0.1, 0.25);
    book.add(0, 1, 2, 0.2, 0.25);
    auto const back = taken(book, -100.0);
    REQUIRE(back.size() == 2);
    auto const digits = std::ldexp(std::get<1>(back[0]), 43);  // 1000.1 has digits down to 2^-43
    CHECK(digits == std::trunc(digits));
}

TEST_CASE("later parts have no finer digits, so that credits in any order leave the same") {
    att::detail::sale_book<double> book{1};
    book.expect_refunds(0);
    book.add(0, 0, 0, 1000.1, 1.0);
    auto kept = book;
    auto const first = taken(book, -1000.0);
    auto const back = taken(book, -0.03);  // of the tenth that is left, which has more digits
    REQUIRE(first.size() == 1);
    REQUIRE(back.size() == 1);
    kept.add(0, 0, 1, std::get<1>(first[0]), std::get<2>(first[0]));
    CHECK(taken(kept, -0.03) == back);
    auto const digits = std::ldexp(std::get<1>(back[0]), 43);
    CHECK(digits == std::trunc(digits));
    auto const digits_of_share = std::ldexp(std::get<2>(back[0]), 52);
    CHECK(digits_of_share == std::trunc(digits_of_share));
}

TEST_CASE("what is refunded beyond a sale by its rounding only is no excess") {
    for (double const more : {1e-13, 1e-11}) {
        att::detail::sale_book<double> book{1};
        book.expect_refunds(0);
        book.add(0, 0, 0, 1.0, 1.0);
        CHECK(taken(book, -1.0 - more, more > 1e-12).front() == parts<double>{{0, -1.0, -1.0}}[0]);
    }
    for (float const more : {1e-6F, 1e-4F}) {  // floats have fewer digits
        att::detail::sale_book<float> book{1};
        book.expect_refunds(0);
        book.add(0, 0, 0, 1.0F, 1.0);
        CHECK(taken(book, -1.0F - more, more > 1e-5F).front() == parts<float>{{0, -1, -1}}[0]);
    }
    for (double const more : {1e-320, 1e-319}) {  // below the smallest normal number
        att::detail::sale_book<double> book{1};
        book.expect_refunds(0);
        book.add(0, 0, 0, 1e-310, 1.0);
        (void)taken(book, -1e-310 - more, more > 2e-320);
    }
}

TEST_CASE("what a refund leaves of a sale by its rounding only is taken back as well") {
    att::detail::sale_book<double> book{1};
    book.expect_refunds(0);
    book.add(0, 0, 0, 0.1 + 0.2, 0.5);
    book.add(0, 1, 1, 0.3, 0.5);
    CHECK(taken(book, -0.6) == parts<double>{{0, -(0.1 + 0.2), -0.5}, {1, -0.3, -0.5}});
    CHECK(taken(book, -0.6, true).front() == parts<double>{{att::no_row, -0.6, 0}}[0]);
}

TEST_CASE("the rounding is that of the sale, however little of it is left") {
    for (double const off : {1e-13, -1e-13}) {
        att::detail::sale_book<double> book{1};
        book.expect_refunds(0);
        book.add(0, 0, 0, 1.0, 1.0);
        (void)taken(book, -1023.0 / 1024);
        CHECK(taken(book, -1.0 / 1024 + off) == parts<double>{{0, -1.0 / 1024, -1.0 / 1024}});
    }
}

TEST_CASE("shares that add up to more than the whole by their rounding only are no error") {
    att::detail::sale_book<std::int64_t> book{1};
    for (double const share : {0.33, 0.56, 0.11})
        book.add(0, 7, 0, 10, share);
    CHECK_THROWS_AS(book.add(0, 7, 0, 10, 1e-8), std::invalid_argument);
}

TEST_CASE("a part of a tiny share is a number that a tally adds up exactly") {
    att::detail::sale_book<std::int64_t> book{1};
    book.expect_refunds(0);
    book.add(0, 0, 0, 3, 1e-5);
    auto const back = taken<std::int64_t>(book, -1);
    REQUIRE(back.size() == 1);
    auto const units = std::ldexp(std::get<2>(back[0]), 62);
    CHECK(units == std::trunc(units));
    CHECK(std::get<2>(back[0]) == doctest::Approx(-1e-5 / 3));
}

TEST_CASE("a book refuses what no sale gave") {
    att::detail::sale_book<double> book{1};
    CHECK_THROWS_AS(book.add(0, 0, 0, 1.0, 1.5), std::domain_error);
    CHECK_THROWS_AS(book.add(0, 0, 0, 1.0 / 0.0, 0.5), std::domain_error);
    book.add(0, 0, 0, 1.0, 1.0);
    CHECK_THROWS_AS(book.add(0, 0, 0, 1.0, 1.0), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)taken(book, 2.0),
                         "take_back: the refund in row 9 has the sign of its sale; a refund of a "
                         "positive sale is negative",
                         std::invalid_argument);
}
