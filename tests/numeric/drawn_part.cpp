// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/drawn_part.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

using attribution::detail::certain, attribution::detail::drawn_part,
    attribution::detail::sample_source;

TEST_CASE("parts that need no lots") {
    sample_source random{1};
    CHECK(drawn_part(0, 1000, random) == 0);
    CHECK(drawn_part(1'000'000'000'000, 0, random) == 0);
    CHECK(drawn_part(1'000'000'000'000, certain, random) == 1'000'000'000'000);
}

TEST_CASE("parts have the mean and the variance of lots") {
    sample_source random{7};
    for (std::uint64_t const count : {1U, 63U, 64U, 65U, 1'000U, 65'536U, 65'537U, 4'000'000U})
        for (std::uint32_t const chance : {1U << 15, 20'000U, 655U, 65'000U}) {
            double const p = chance / 65'536.0;
            auto const n = static_cast<double>(count);
            int const times = count < 10'000 ? 20'000 : 2'000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < times; ++i) {
                auto const drawn = drawn_part(count, chance, random);
                REQUIRE(drawn <= count);
                double const off = static_cast<double>(drawn) - n * p;
                sum += off;
                squares += off * off;
            }
            double const variance = n * p * (1 - p);
            CHECK(std::abs(sum / times) < 5 * std::sqrt(variance / times) + 0.01);
            CHECK(squares / times == doctest::Approx(variance).epsilon(0.2).scale(0));
        }
}

TEST_CASE("up to 65,536 there is a lot for each") {
    constexpr std::uint32_t chance = 20'001;
    sample_source each{5};
    auto at_once = each;
    std::uint64_t drawn = 0;
    for (int word = 0; word < 1'024; ++word)
        drawn += attribution::detail::drawn_of_word(64, chance, each);
    CHECK(drawn_part(65'536, chance, at_once) == drawn);
    CHECK(at_once.next() == each.next());
}

TEST_CASE("parts at the limits") {
    sample_source random{3};
    auto const drawn = drawn_part(~std::uint64_t{0}, 1U << 15, random);
    CHECK(drawn > (std::uint64_t{1} << 63) - (std::uint64_t{1} << 36));
    CHECK(drawn < (std::uint64_t{1} << 63) + (std::uint64_t{1} << 36));
}
