// SPDX-License-Identifier: BSL-1.0
#include <attribution/parallel.hpp>

#include "support/records.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;

static_assert(att::parallel{3}.threads() == 3);

TEST_CASE("parallel needs a thread") {
    CHECK_THROWS_AS(att::parallel{0}, std::invalid_argument);
}

TEST_CASE("a sink that takes credits one by one refuses several threads") {
    std::vector<touch> const log{{1, 1, 'a'}};
    std::vector<sale> const book{{1, 2, 5}};
    int seen = 0;
    auto const sink = [&](att::credit<cents> const&) { ++seen; };
    att::attribute(att::parallel{1}, sales(book), touches(log), att::linear, att::always, sink);
    CHECK(seen == 1);
    CHECK_THROWS_AS(
        att::attribute(att::parallel{2}, sales(book), touches(log), att::linear, att::always, sink),
        std::invalid_argument);
}

TEST_CASE("the error is that of the first row, on any number of threads and in any order") {
    std::vector<touch> log;
    std::vector<sale> book;
    for (int i = 0; i < 1000; ++i) {
        log.push_back({1000 - i, 1, 'a'});
        book.push_back({1000 - i, 2, i});
    }
    auto const broken_from_400 = [](sale const& s) {
        return s.value >= 400 ? std::nan("") : static_cast<double>(s.value);
    };
    auto const orders = att::conversions(book, &sale::user, &sale::at, broken_from_400);
    for (auto const threads : {1u, 2u, 7u}) {
        auto const message = [&](auto const& attribute) -> std::string {
            try {
                attribute(att::parallel{threads});
            } catch (std::domain_error const& error) {
                return error.what();
            }
            return "no error";
        };
        auto const expected = "attribute: the value of conversion row 400 is not a finite number";
        CHECK(message([&](att::parallel how) {
                  (void)att::attribute(how, orders, touches(log), att::linear, att::always,
                                       att::by(&touch::channel));
              }) == expected);
        CHECK(message([&](att::parallel how) {
                  (void)att::attribute(how, orders, touches(log), att::linear);
              }) == expected);
    }
}
