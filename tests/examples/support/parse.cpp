// SPDX-License-Identifier: BSL-1.0
#include <support/parse.hpp>

#include <scratch.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace date::literals;
using namespace std::chrono_literals;
using examples::input_error;

namespace {

examples::csv_field field(std::string_view text) {
    return {text, {"f.csv", 7, "Amount"}};
}

/// The error of a conversion, without its "f.csv:7: column 'Amount': ".
std::string error(auto const& convert, std::string_view text) {
    auto const what = error_of<input_error>([&] { (void)convert(field(text)); });
    auto const place = std::string{"f.csv:7: column 'Amount': "};
    return what.starts_with(place) ? what.substr(place.size()) : "without its place: " + what;
}

auto const decimal_2 = [](examples::csv_field const& f) { return examples::decimal(f, 2); };
auto const decimal_9 = [](examples::csv_field const& f) { return examples::decimal(f, 9); };

}  // namespace

TEST_CASE("parse: the whole message") {
    CHECK(error_of<input_error>([] { (void)examples::count(field("x")); }) ==
          "f.csv:7: column 'Amount': 'x' is not a count, write it like 42");
}

TEST_CASE("parse: decimal") {
    CHECK(decimal_9(field("15764.33121")) == 15'764'331'210'000);
    CHECK(decimal_2(field("0")) == 0);
    CHECK(decimal_2(field("-0.00")) == 0);
    CHECK(decimal_2(field("+1.5")) == 150);
    CHECK(decimal_2(field("-1.05")) == -105);
    CHECK(decimal_2(field("-0.05")) == -5);
    CHECK(decimal_2(field("1.2300000000000000000000000")) == 123);
    CHECK(decimal_2(field("007")) == 700);
    CHECK(examples::decimal(field("12.000"), 0) == 12);

    SUBCASE("the ends of 64 bits") {
        using limits = std::numeric_limits<std::int64_t>;
        CHECK(decimal_2(field("92233720368547758.07")) == limits::max());
        CHECK(decimal_2(field("-92233720368547758.08")) == limits::min());
        CHECK(examples::decimal(field("0.000000000000000001"), 18) == 1);
        auto const too_large = [](std::string const& text) {
            return "'" + text +
                   "' does not fit in 64 bits with 2 decimals, look for a misplaced "
                   "decimal point";
        };
        for (std::string const text :
             {"92233720368547758.08", "-92233720368547758.09", "92233720368547759",
              "1000000000000000000000000", "99999999999999999999999999999999999999"})
            CHECK(error(decimal_2, text) == too_large(text));
    }
    SUBCASE("never rounded") {
        CHECK(error(decimal_2, "1.234") ==
              "'1.234' has more than 2 decimals, round it in the source");
        CHECK(error(decimal_2, "0.001000") ==
              "'0.001000' has more than 2 decimals, round it in the source");
        CHECK(error([](auto const& f) { return examples::decimal(f, 0); }, "1.5") ==
              "'1.5' has more than 0 decimals, round it in the source");
    }
    SUBCASE("other forms") {
        for (std::string const text : {"", "1e5", "nan", "inf", " 1", "1 ", "+", "-", ".", "1.",
                                       ".5", "--1", "+-1", "1.2.3", "0x10", "1.-5", "null"})
            CHECK(error(decimal_2, text) ==
                  "'" + text + "' is not a decimal number, write it like -1234.5");
        for (std::string const text : {"1,000", "1.234,56", "-1234,5", "1,234.56", "1'000,5", ","})
            CHECK(error(decimal_2, text) ==
                  "'" + text +
                      "' is not a decimal number, write it like -1234.5: with a point before the "
                      "decimals, and nothing between thousands");
    }
}

TEST_CASE("parse: count") {
    CHECK(examples::count(field("0")) == 0);
    CHECK(examples::count(field("9223372036854775807")) ==
          std::numeric_limits<std::int64_t>::max());
    auto const convert = [](auto const& f) { return examples::count(f); };
    for (std::string const text : {"", "-1", "+1", "1.0", " 1", "1x"})
        CHECK(error(convert, text) == "'" + text + "' is not a count, write it like 42");
    CHECK(error(convert, "9223372036854775808") ==
          "'9223372036854775808' does not fit in 64 bits with 0 decimals, look for a misplaced "
          "decimal point");
}

TEST_CASE("parse: seconds_of") {
    CHECK(examples::seconds_of(field("431.0 seconds")) == 431s);
    CHECK(examples::seconds_of(field("0 seconds")) == 0s);
    CHECK(examples::seconds_of(field("1.125 seconds")) == 1125ms);
    auto const convert = [](auto const& f) { return examples::seconds_of(f); };
    for (std::string const text : {"", "431.0", " seconds", "seconds", "-1.0 seconds", "+1 seconds",
                                   "1e2 seconds", "431.0 seconds ", "431.0  seconds", "5 minutes"})
        CHECK(error(convert, text) ==
              "'" + text + "' is not a duration, write it like 431.0 seconds");
    CHECK(error(convert, "1.0625 seconds") ==
          "'1.0625 seconds' has more than 3 decimals, round it in the source");
}

TEST_CASE("parse: unix_seconds") {
    CHECK(examples::unix_seconds(field("0")) == date::sys_days{1970_y / 1 / 1});
    CHECK(examples::unix_seconds(field("951827696")) ==
          date::sys_days{2000_y / 2 / 29} + 12h + 34min + 56s);
    CHECK(examples::unix_seconds(field("253402300799")) ==
          date::sys_days{9999_y / 12 / 31} + 23h + 59min + 59s);
    auto const convert = [](auto const& f) { return examples::unix_seconds(f); };
    CHECK(convert(field("951827696.0")) == convert(field("951827696")));
    CHECK(error(convert, "1.5") == "'1.5' has more than 0 decimals, round it in the source");
    for (std::string const text : {"", "-1", "1e9", "2021-01-01", "12 "})
        CHECK(error(convert, text) ==
              "'" + text + "' is not a time in whole seconds since 1970, write it like 1750000000");
    for (std::string const text : {"253402300800", "1750000000000"})
        CHECK(error(convert, text) ==
              "'" + text + "' is after the year 9999, write seconds, not milliseconds");
    CHECK(error(convert, "99999999999999999999")
              .starts_with("'99999999999999999999' does not fit in 64 bits"));
}

TEST_CASE("parse: iso_month") {
    CHECK(examples::iso_month(field("2024-02")) == 2024_y / 2);
    CHECK(examples::iso_month(field("0000-12")) == 0_y / 12);
    auto const convert = [](auto const& f) { return examples::iso_month(f); };
    for (std::string_view const text :
         {"", "2024", "2024-2", "2024-00", "2024-13", "2024-02-01", " 2024-02", "24-02", "2024/02"})
        CHECK(error(convert, text) ==
              examples::in_quotes(text) + " is not a month, write it like 2021-12");
}

TEST_CASE("parse: iso_time") {
    auto how = examples::reading{};
    auto const convert = [&](auto const& f) { return examples::iso_time(f, how); };
    auto const time = [&](std::string_view text) { return convert(field(text)); };
    auto const day = date::sys_days{2000_y / 2 / 29};
    CHECK(time("2000-02-29T12:34:56Z") == day + 12h + 34min + 56s);
    CHECK(time("1969-12-31T23:59:59Z") == date::sys_days{1970_y / 1 / 1} - 1s);

    SUBCASE("other forms of ISO 8601") {
        for (std::string_view const text :
             {"2000-02-29 12:34:56Z", "2000-02-29t12:34:56z", "2000-02-29T12:34:56.000Z",
              "2000-02-29T12:34:56+00:00", "2000-02-29T12:34:56-00", "2000-02-29T18:04:56+05:30",
              "2000-02-29T18:04:56+0530", "2000-02-29T04:34:56-08", "2000-03-01T12:33:56+23:59",
              "2000-02-28T12:35:56-23:59"})
            CHECK(time(text) == day + 12h + 34min + 56s);
        CHECK(time("2000-02-29T12:34Z") == day + 12h + 34min);
        CHECK(time("2000-02-29T24:00:00.000Z") == day + 24h);
        CHECK(how.times_without_zone == 0);
        CHECK(how.times_cut == 0);
    }
    SUBCASE("parts of a second") {
        CHECK(time("2000-02-29T00:00:00.5Z") == day + 500ms);
        CHECK(time("2000-02-29T00:00:00,000001Z") == day + 1us);
        CHECK(time("1969-12-31T23:59:59.999999Z") == date::sys_days{1970_y / 1 / 1} - 1us);
        CHECK(time("2000-02-29T00:00:00.1234560000Z") == day + 123'456us);
        CHECK(how.times_cut == 0);
        CHECK(time("2000-02-29T00:00:00.123456789Z") == day + 123'456us);
        CHECK(how.times_cut == 1);
        CHECK(how.first_cut == "f.csv:7");
    }
    SUBCASE("no zone") {
        CHECK(time("2000-02-29 12:34:56") == day + 12h + 34min + 56s);
        CHECK(time("2000-02-29T12:34:56.25") == day + 12h + 34min + 56s + 250ms);
        CHECK(how.times_without_zone == 2);
        CHECK(how.times == 4);
        CHECK(how.first_without_zone == "f.csv:7");
    }
    SUBCASE("other forms") {
        for (std::string_view const text :
             {"", "2021-01-01T00", "2021-01-01T00:00:00ZZ", "2021-1-01T00:00:00Z",
              "2021-01-01T00:00:00.Z", "+021-01-01T00:00:00Z", "2021-01-01T 1:00:00Z", "null",
              "2021-01-01T00:00:00 Z", "2021-01-01T00:00:00+5:30", "2021-01-01T00:00:00+05:3",
              "2021-01-01T00:00:00+05:30Z", "2021-01-01  00:00:00Z", "01.02.2021 00:00:00",
              "2021/01/01 00:00:00", "1750000000"})
            CHECK(error(convert, text) ==
                  "'" + std::string{text} + "' is not a time, write it like 2021-12-31T23:59:59Z");
        for (std::string_view const text :
             {"2021-02-30T00:00:00Z", "2021-02-29T00:00:00Z", "2021-13-01T00:00:00Z",
              "2021-00-01T00:00:00Z", "2021-01-00T00:00:00Z", "2021-01-01T24:00:01Z",
              "2021-01-01T24:00:00.000001Z", "2021-01-01T24:00:00.0000001Z", "2021-01-01T00:60:00Z",
              "2021-01-01T00:00:60Z", "2021-01-01T25:00:00Z"})
            CHECK(error(convert, text) ==
                  "'" + std::string{text} +
                      "' is a day or a time of day that does not exist, correct it");
        CHECK(error(convert, "2021-01-01") ==
              "'2021-01-01' is a day without a time of day, write it "
              "like 2021-12-31T23:59:59Z");
        CHECK(error(convert, "2021-01-01T00:00:00+24:00").ends_with("does not exist, correct it"));
        for (std::string_view const text :
             {"0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T24:00:00Z"})
            CHECK(error(convert, text)
                      .ends_with("is outside of the years 0 to 9999 in UTC, correct "
                                 "it"));
        CHECK(how.times == 2);  // those above
    }
}

TEST_CASE("parse: a time prints as it is read") {
    auto how = examples::reading{};
    for (std::string const text : {"2000-02-29T12:34:56Z", "1969-12-31T23:59:59.75Z",
                                   "0000-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999Z"})
        CHECK(examples::time_text(examples::iso_time(field(text), how)) == text);
}

TEST_CASE("parse: missing") {
    auto how = examples::reading{};
    for (std::string const text :
         {"", "null", "NULL", "Null", " ", "\t", " \xC2\xA0 ", "\\N", " \\N ", "None", "NaN", "nan",
          "n/a", "N/A", "-", "(not set)", "<NA>", "#N/A"})
        CHECK(examples::missing(field(text), how));
    for (std::string const text : {"0", "nobody", "\\", "N", "null0", "--x", "a b", "\xC2"})
        CHECK(!examples::missing(field(text), how));
    CHECK(examples::key(field(" x"), how) == " x");
    CHECK(!examples::key(field("Null"), how));

    how.nothing = examples::words_in(" 0 , ,Niemand");
    CHECK(how.nothing == std::vector<std::string>{"0", "Niemand"});
    CHECK(examples::missing(field("0"), how));
    CHECK(examples::missing(field("NIEMAND"), how));
    CHECK(examples::missing(field(""), how));
    CHECK(!examples::missing(field("null"), how));
    CHECK(examples::words_in("").empty());
    for (std::string_view const text :
         {"0", " niemand ", "\xC2\xA0NIEMAND", "", "  ", "niemands", "n"})
        CHECK_MESSAGE(examples::nothing_words{how.nothing}(text) ==
                          examples::missing(field(text), how),
                      text);
    std::vector<std::string> const none;
    CHECK(examples::nothing_words{none}(" "));
    CHECK(!examples::nothing_words{none}("a"));
}

TEST_CASE("parse: parts of a list, empty ones too") {
    using parts = std::vector<std::string_view>;
    CHECK(examples::parts_of(" a, b;;c d ", ",;") == parts{"a", "b", "", "c d"});
    CHECK(examples::parts_of("a,", ",") == parts{"a", ""});
    CHECK(examples::parts_of("", ",") == parts{""});
}

TEST_CASE("parse: decimals of more than 64 bits") {
    auto const wide = [](auto const& f) { return examples::wide_decimal(f, 9); };
    CHECK((wide(field("9999999999.5")) == examples::wide_integer{9'999'999'999'500'000'000U}));
    CHECK((wide(field("-1000000000000000000")) ==
           -examples::wide_integer{1'000'000'000'000'000'000} * 1'000'000'000));
    CHECK(error(wide, "1000000000000000000.1") ==
          "'1000000000000000000.1' is larger than any amount, look for a misplaced decimal point");
    CHECK(error(wide, std::string(60, '9'))
              .ends_with("larger than any amount, look for a "
                         "misplaced decimal point"));
    CHECK(
        error(wide, "1.0000000001").ends_with("has more than 9 decimals, round it in the source"));
}

TEST_CASE("parse: keys in a list") {
    examples::reading const how{.nothing = {"null"}};
    auto const in = [&](std::string_view text) {
        return examples::keys_in(field(text), ",;", how);
    };
    using keys = std::vector<std::optional<std::string>>;
    CHECK(in("a, b;NULL,,c") == keys{"a", "b", std::nullopt, std::nullopt, "c"});
    CHECK(in("").empty());
    CHECK(in("null").empty());
}
