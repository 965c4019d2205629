// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/bytes.hpp>

#include "support/random.hpp"
#include "wire/support.hpp"

#include <attribution/amount/money.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace att = attribution;
using att::detail::byte_reader;
using att::detail::byte_writer;

namespace {

template <class T>
std::string bytes_of(T const& value) {
    byte_writer out;
    att::detail::write(out, value);
    return out.take();
}
template <class T>
T value_of(std::string const& bytes) {
    byte_reader in{bytes};
    auto value = att::detail::read<T>(in);
    in.finish();
    return value;
}
template <class T>
void goes_and_comes(T const& value) {
    auto const bytes = bytes_of(value);
    CHECK(value_of<T>(bytes) == value);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(support::failure_of([&] { (void)value_of<T>(bytes.substr(0, size)); }));
}

enum class kind : std::uint8_t { click, view };

}  // namespace

TEST_CASE("values come back from their bytes, and never from fewer") {
    goes_and_comes(true);
    goes_and_comes('x');
    goes_and_comes(INT64_MIN);
    goes_and_comes(INT64_MAX);
    goes_and_comes(std::int8_t{-128});
    goes_and_comes(UINT64_MAX);
    goes_and_comes(std::uint16_t{300});
    goes_and_comes(kind::view);
    goes_and_comes(att::detail::int128{INT64_MIN} * INT64_MAX);
    goes_and_comes(-0.1);
    goes_and_comes(0.1F);
    goes_and_comes(std::numeric_limits<double>::infinity());
    goes_and_comes(std::string{"M\xc3\xbcller\0x", 9});
    goes_and_comes(std::optional<std::string>{});
    goes_and_comes(std::optional<int>{-7});
    goes_and_comes(std::tuple{1, std::string{"a"}, 2.5});
    goes_and_comes(std::vector<std::pair<int, bool>>{{1, true}, {-2, false}});
    goes_and_comes(date::sys_seconds{std::chrono::seconds{-5}});
    goes_and_comes(std::chrono::nanoseconds{123});
    goes_and_comes(att::money<struct eur>{-1999});
}

TEST_CASE("the bytes are the same on every machine") {
    CHECK(bytes_of(300) == "\xd8\x04");
    CHECK(bytes_of(-1) == "\x01");
    CHECK(bytes_of(300U) == "\xac\x02");
    CHECK(bytes_of(1.0) == std::string{"\0\0\0\0\0\0\xf0\x3f", 8});
    CHECK(bytes_of(std::string{"ab"}) == "\x02"
                                         "ab");
    CHECK(att::detail::form_name<att::detail::int128>() == "int128");
    CHECK(bytes_of(att::detail::int128{-2}) ==
          "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
}

TEST_CASE("bytes that no value has are refused") {
    auto const corrupt = [](auto type, std::string const& bytes) {
        CHECK(support::failure_of([&] { (void)value_of<decltype(type)>(bytes); }) ==
              att::partial_failure::corrupt);
    };
    corrupt(std::int8_t{}, bytes_of(128));
    corrupt(std::uint32_t{}, bytes_of(UINT64_MAX));
    corrupt(true, "\x02");
    corrupt(std::uint64_t{}, std::string{"\x80\x00", 2});                  // leading zeros
    corrupt(std::uint64_t{}, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");  // 65 bits
    corrupt(std::optional<int>{}, "\x02\x02");
    corrupt(1, "\x02\x02");        // something after it
    corrupt(0.1F, bytes_of(0.1));  // has more digits than a float
    corrupt(att::running_total<double>{},
            std::string{"\x01\x00", 2});  // no digits, from the second
    auto const largest = att::detail::int128{1} << 112;
    for (auto const& sum : {largest, -largest})
        CHECK(value_of<att::running_total<int>>(bytes_of(sum)).sum() == sum);
    corrupt(att::running_total<int>{}, bytes_of(largest + 1));
    corrupt(att::running_total<int>{}, bytes_of(-largest - 1));
    CHECK(support::failure_of([] {
              (void)value_of<std::vector<int>>("\xff\xff\xff\xff\x0f\x01");
          }) == att::partial_failure::truncated);  // and nothing so long is allocated
}

TEST_CASE("sums of doubles come back to the last bit, and go on") {
    support::random_numbers random{3};
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

TEST_CASE("any bytes make a value or an error, for tallies too") {
    support::random_numbers random{4};
    using entries = std::vector<std::tuple<std::optional<std::string>, att::tally<double>>>;
    int values = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (auto n = random.below(60); n > 0; --n)
            bytes += static_cast<char>(random.chance(2) ? random.below(4) : random.bits() % 256);
        auto const fault = support::failure_of([&] {
            byte_reader in{bytes};
            for (auto const& [key, sum] : att::detail::read<entries>(in))
                (void)sum.finish();
        });
        values += !fault;
    }
    CHECK(values > 0);
}

TEST_CASE("tallies that no credits make are refused") {
    using cents = att::tally<std::int64_t>;
    auto const fault = [](std::int64_t amount, att::detail::int128 shares, std::size_t credits) {
        att::running_total<std::int64_t> total;
        total.add(amount);
        auto const bytes =
            bytes_of(cents::from_parts({.amount = total, .shares = shares, .credits = credits}));
        byte_reader in{bytes};
        return support::failure_of([&] { (void)att::detail::read<cents>(in); });
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
        return support::failure_of([&] { (void)att::detail::read<tally>(in); });
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

TEST_CASE("an enumeration of a fixed type takes any number of it") {
    enum unscoped : std::int16_t { none, some };
    enum class letter : char { a = 'a' };
    enum class yes_or_no : bool { no, yes };
    goes_and_comes(some);
    goes_and_comes(letter::a);
    goes_and_comes(yes_or_no::yes);
    CHECK(static_cast<int>(value_of<kind>(bytes_of(std::uint8_t{200}))) == 200);
    CHECK(static_cast<int>(value_of<unscoped>(bytes_of(std::int16_t{-300}))) == -300);
    CHECK(support::failure_of([] { (void)value_of<kind>(bytes_of(256U)); }) ==
          att::partial_failure::corrupt);
    CHECK(support::failure_of([] { (void)value_of<yes_or_no>("\x02"); }) ==
          att::partial_failure::corrupt);
    enum open { left, right };
    static_assert(att::detail::has_fixed_type<unscoped> && att::detail::has_fixed_type<kind> &&
                  att::detail::has_fixed_type<letter> && att::detail::has_fixed_type<yes_or_no> &&
                  !att::detail::has_fixed_type<open>);
}

TEST_CASE("doubles that no float is are refused, infinities are not") {
    for (double const value : {1e39, -1e39, 1e300, 0.1})
        CHECK(support::failure_of([&] { (void)value_of<float>(bytes_of(value)); }) ==
              att::partial_failure::corrupt);
    goes_and_comes(std::numeric_limits<float>::max());
    goes_and_comes(std::numeric_limits<float>::lowest());
    goes_and_comes(-std::numeric_limits<float>::infinity());
}
