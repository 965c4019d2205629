// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/amount/number_text.hpp>

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace att = attribution;
using att::detail::number_text;

namespace {
struct eur;
}

TEST_CASE("a number is written as the shortest text that reads back as it") {
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(0.1F) == "0.1");
    CHECK(number_text(-2.0) == "-2");
    CHECK(number_text(std::numeric_limits<double>::denorm_min()) == "5e-324");
    CHECK(number_text(INT64_MIN) == "-9223372036854775808");
    CHECK(number_text(att::money<eur>{-199}) == "-199");
}
