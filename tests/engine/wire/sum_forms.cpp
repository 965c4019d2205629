// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/sum_forms.hpp>

#include "engine/wire/forms.hpp"
#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

namespace att = attribution;
using namespace support;
using namespace std::string_literals;
using att::detail::byte_reader;
using att::detail::sum_bytes;

TEST_CASE("sums of doubles come back to the last bit, and go on") {
    random_numbers random{3};
    for (int i = 0; i < 300; ++i) {
        att::running_total<double> sum;
        for (auto n = random.below(6); n > 0; --n)
            sum.add((random.unit() - 0.5) *
                    att::detail::power_of_two(static_cast<int>(random.below(1800)) - 900));
        auto const bytes = bytes_of(sum);
        auto copy = value_of<att::running_total<double>>(bytes);
        CHECK(bytes_of(copy) == bytes);
        copy.add(0.1);
        sum.add(0.1);
        CHECK(copy.value() == sum.value());
    }
}

TEST_CASE("a sum of doubles has one form, whatever it is kept in") {
    using att::detail::compact_sum;
    using att::detail::exact_sum;
    random_numbers random{4};
    for (int i = 0; i < 2000; ++i) {
        compact_sum compact;
        exact_sum exact;
        for (auto n = random.below(5); n > 0; --n) {
            auto const bits = random.bits();
            auto const exponent = random.chance(3) ? static_cast<int>(random.below(1900)) - 1000
                                                   : static_cast<int>(random.below(90)) - 32;
            auto const value = (random.unit() - 0.5) * att::detail::power_of_two(exponent);
            auto const units = static_cast<att::detail::int128>(static_cast<std::int64_t>(bits))
                               << random.below(63);
            for (auto times = random.chance(4) ? 300U : 1U; times > 0; --times) {
                compact.add(compact_sum::addend{value});
                compact.add_units(units, 1);
                exact.add(value);
                exact.add_units(units);
            }
        }
        auto const bytes = bytes_of(compact);
        CHECK(bytes_of(exact) == bytes);
        CHECK(value_of<exact_sum>(bytes).digits() == exact.digits());
        auto const again = value_of<compact_sum>(bytes);
        CHECK(again.exact().digits() == exact.digits());
        CHECK(bytes_of(again) == bytes);
        CHECK(bytes.size() <= 3 + sum_bytes::most);
    }
    compact_sum amount;
    amount.add(compact_sum::addend{-12.34});
    std::string printed;
    for (char const one : bytes_of(amount))
        printed += std::to_string(static_cast<unsigned char>(one)) + ' ';
    CHECK(printed == "15 128 1 112 61 10 215 163 112 197 ");
    CHECK(bytes_of(compact_sum{}) == "\0"s);
}

TEST_CASE("sums of doubles in another form are refused") {
    auto const refused = [](std::string const& bytes) {
        is_corrupt<att::detail::exact_sum>(bytes);
        is_corrupt<att::detail::compact_sum>(bytes);
    };
    refused("\1"s);                // nothing, and negative
    refused("\4\x7e\0\1"s);        // begins with nothing
    refused("\4\x7e\1\0"s);        // ends with nothing
    refused("\2\0\3"s);            // below the least double
    refused("\2\x8e\2\1"s);        // byte 270: above what any doubles add up to
    refused("\4\x8d\2\1\1"s);      // the same, from byte 269 on
    refused("\x82\4\xf0\xff\3"s);  // more bytes than there can be
    for (auto const& bytes :
         {"\2\0\4"s, "\3\x8d\2\xff"s, "\2\x7d\1"s, "\3\x8b\1\xff"s, "\3\x8c\1\1"s, "\2\x7c\xff"s}) {
        CHECK(bytes_of(value_of<att::detail::exact_sum>(bytes)) == bytes);
        CHECK(bytes_of(value_of<att::detail::compact_sum>(bytes)) == bytes);
    }
}

TEST_CASE("sums that no amounts have are refused") {
    auto const largest = att::detail::int128{1} << 112;
    for (auto const& sum : {largest, -largest})
        CHECK(value_of<att::running_total<int>>(bytes_of(sum)).sum() == sum);
    is_corrupt<att::running_total<int>>(bytes_of(largest + 1));
    is_corrupt<att::running_total<int>>(bytes_of(-largest - 1));
}

TEST_CASE("tallies that no credits make are refused") {
    using cents = att::tally<std::int64_t>;
    auto const fault = [](std::int64_t amount, att::detail::int128 shares, std::size_t credits) {
        att::running_total<std::int64_t> total;
        total.add(amount);
        auto const bytes =
            bytes_of(cents::from_parts({.amount = total, .shares = shares, .credits = credits}));
        byte_reader in{bytes};
        return failure_of([&] { (void)att::detail::read<cents>(in); });
    };
    constexpr auto whole = att::detail::int128{1} << 62;
    constexpr auto most = std::size_t{1} << 48;
    CHECK(!fault(0, 0, 0));
    CHECK(!fault(-7, 0, 1));
    CHECK(!fault(7, 3 * whole, 3));
    CHECK(!fault(7, whole * static_cast<std::int64_t>(most), most));
    CHECK(fault(7, 0, 0) == att::partial_failure::corrupt);
    CHECK(fault(0, 1, 0) == att::partial_failure::corrupt);
    CHECK(fault(7, 3 * whole + 1, 3) == att::partial_failure::corrupt);
    CHECK(!fault(-7, -3 * whole, 3));  // all of it was taken back
    CHECK(fault(7, -3 * whole - 1, 3) == att::partial_failure::corrupt);
    CHECK(fault(7, whole, most + 1) == att::partial_failure::corrupt);
}

TEST_CASE("amounts that so many credits cannot add up to are refused") {
    auto const fault = [](auto const& total, std::size_t credits) {
        using amount = std::remove_cvref_t<decltype(total.value())>;
        using tally = att::tally<amount>;
        auto const bytes = bytes_of(tally::from_parts({.amount = total, .credits = credits}));
        byte_reader in{bytes};
        return failure_of([&] { (void)att::detail::read<tally>(in); });
    };
    auto const limits = [&](auto least, auto most) {
        using amount = decltype(most);
        for (std::size_t many : {1U, 2U, 5U, 200U})
            for (auto const& limit : {least, most}) {
                att::running_total<amount> total;
                for (std::size_t i = 0; i < many; ++i)
                    total.add(limit);
                CHECK(!fault(total, many));
                if (limit != 0)
                    CHECK(fault(total, many - 1) == att::partial_failure::corrupt);
            }
    };
    limits(INT64_MIN, INT64_MAX);
    limits(std::int8_t{-128}, std::int8_t{127});
    limits(std::uint64_t{0}, UINT64_MAX);

    // Of doubles, the bits above those of any double are compared.
    constexpr double largest = std::numeric_limits<double>::max();
    for (double const sign : {1.0, -1.0})
        for (std::size_t many : {1U, 2U, 300U}) {
            att::running_total<double> total;
            for (std::size_t i = 0; i < many; ++i)
                total.add(sign * largest);
            CHECK(!fault(total, many));
            CHECK(!fault(total, many + 7));
            for (std::size_t i = 0; i < many; ++i)
                total.add(sign * largest);
            total.add(sign * 0x1p999);
            CHECK(fault(total, many) == att::partial_failure::corrupt);
        }
    for (double const one : {0x1p-1000, -0x1p-1000, 0x1p100, -0x1p100, largest, -largest}) {
        att::running_total<double> total;
        total.add(one);
        CHECK(!fault(total, 1));
        CHECK(fault(total, 0) == att::partial_failure::corrupt);
    }
    for (std::int64_t const top : {-2, 1}) {
        att::detail::exact_sum::digits_type digits{};
        digits.back() = top;
        CHECK(
            fault(att::running_total<double>::from_sum(att::detail::exact_sum::from_digits(digits)),
                  std::size_t{1} << 48) == att::partial_failure::corrupt);
        digits.back() = top < 0 ? -1 : 0;
        digits[68] = 7;
        CHECK(
            fault(att::running_total<double>::from_sum(att::detail::exact_sum::from_digits(digits)),
                  std::size_t{1} << 48) == att::partial_failure::corrupt);
    }
}
