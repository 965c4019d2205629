// SPDX-License-Identifier: BSL-1.0
#include <support/time_format.hpp>

#include <scratch.hpp>

#include <date/date.h>

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace examples;
using namespace date::literals;
using namespace std::chrono_literals;

namespace {

/// The instant of a text in UTC; nothing if it is not written so.
std::optional<std::string> read(std::string const& format, std::string_view text,
                                std::string const& zone = "UTC", bool end_of_day = false) {
    auto const found = time_format{format}.read(text);
    return found ? std::optional{time_text(wall_clock{zone}.at(*found, end_of_day))} : std::nullopt;
}

time_column column_of(std::vector<std::string> const& texts, std::string const& format = "auto") {
    time_column column{format};
    std::size_t line = 1;
    for (auto const& text : texts)
        column.add({text, {"touches.csv", ++line, "ts"}});
    return column;
}

}  // namespace

TEST_CASE("one instant in all formats") {
    constexpr auto noon = "2024-05-31T12:00:00Z";
    for (auto const* const text :
         {"2024-05-31T12:00:00Z", "2024-05-31 12:00", " 2024-05-31T14:00+02",
          "2024-05-31T10:30:00.000-0130", "2024-5-31 12:00 PM"})
        CHECK_MESSAGE(read("iso", text) == noon, text);
    CHECK(read("dmy", "31.05.2024 12:00") == noon);
    CHECK(read("dmy", "31/5/2024 12:00:00") == noon);
    CHECK(read("mdy", "5/31/2024 12:00 pm") == noon);
    CHECK(read("ymd", "2024/05/31 12:00") == noon);
    CHECK(read("ymd", "20240531 12:00") == noon);
    CHECK(read("unix", "1717156800") == noon);
    CHECK(read("unix-ms", "1717156800000") == noon);
    CHECK(read("%d %b %Y %H:%M", "31 May 2024 12:00") == noon);
    CHECK(read("%Y-%m-%d %H:%M %z", "2024-05-31 14:00 +0200") == noon);
    CHECK(read("iso", "2024-05-30T24:00") == "2024-05-31T00:00:00Z");
    CHECK(read("mdy", "5/31/2024 12:30 AM") == "2024-05-31T00:30:00Z");
    CHECK(read("unix", "1717156800.25") == "2024-05-31T12:00:00.25Z");
    CHECK(read("unix-us", "1717156800000000") == noon);
    CHECK(read("unix-ns", "1717156800000000000") == noon);
    CHECK(read("ymd", "2024053112") == noon);
    CHECK(read("ymd", "202405311200") == noon);
    CHECK(read("ymd", "20240531120000") == noon);
    CHECK(read("iso", "2024-05-31 12:00:00 UTC", "Europe/Berlin") == noon);
    CHECK(read("mdy", "5/31/2024 12:00 PM GMT", "Europe/Berlin") == noon);
    CHECK(read("%d %b %Y %H:%M %Z", "31 May 2024 12:00 UTC", "Europe/Berlin") == noon);
}

TEST_CASE("names of zones that mean several are refused") {
    CHECK(!read("iso", "2024-05-31 12:00:00 PST"));
    CHECK(!read("iso", "2024-05-31 12:00:00 UTC+2"));
    CHECK(!read("%d %b %Y %H:%M %Z", "31 May 2024 12:00 PST"));
}

TEST_CASE(
    "hours without a mark between them are told from seconds since 1970, or it must be said") {
    for (auto const* const text : {"2024053112", "202405311259", "20240531125959"})
        CHECK_THROWS_WITH_AS(static_cast<void>(column_of({text}).format()),
                             doctest::Contains("year/month/day or "), input_error);
    CHECK(column_of({"1717156800"}).format().name() == "unix");
    CHECK(column_of({"1717156800000"}).format().name() == "unix-ms");
    CHECK(column_of({"2024053112", "2034053124"}).format().name() == "unix");
    for (auto const* const text :
         {"1899123123", "2100010100", "2024053124", "2024023000", "202405311260", "20240531125960",
          "202405311", "20240531123", "2024053112000"})
        CHECK_MESSAGE(!read("ymd", text), text);
    CHECK(read("ymd", "1900010100") == "1900-01-01T00:00:00Z");
    CHECK(read("ymd", "20991231235959") == "2099-12-31T23:59:59Z");
}

TEST_CASE("times as most exports have them are read at once, to the same instants") {
    for (auto const* const text :
         {"2024-05-31T12:00:00", "1999-12-31T23:59:59", "2024-02-29T00:00:00",
          "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2023-02-29T00:00:00",
          "2024-13-01T00:00:00", "2024-00-10T00:00:00", "2024-04-31T00:00:00",
          "2024-05-31T24:00:00", "2024-05-31T24:00:01", "2024-05-31T12:60:00",
          "2024-05-31T12:00:60", "0000-05-31T12:00:00", "2024-05-31t12:00:00",
          "2024-05-31 12:00:00", "2024/05-31T12:00:00", "2024-05-3xT12:00:00",
          "2024-05-31T12-00:00"}) {
        auto const slowly = time_format{"iso"}.read(std::string{text} + ".0");
        auto const at_once = time_format{"iso"}.read(text);
        CHECK_MESSAGE(slowly.has_value() == at_once.has_value(), text);
        if (slowly && at_once)
            CHECK_MESSAGE(slowly->at == at_once->at, text);
        auto const in_utc = read("iso", std::string{text} + "Z", "Europe/Berlin");
        CHECK_MESSAGE(in_utc == read("iso", std::string{text} + "+00:00", "Europe/Berlin"), text);
    }
    CHECK(!time_format{"iso"}.read("2024-05-31T12:00:00")->in_utc);
    CHECK(time_format{"iso"}.read("2024-05-31T12:00:00Z")->in_utc);
    CHECK(!read("dmy", "2024-05-31T12:00:00Z"));
}

TEST_CASE("kept times are the same in eight bytes") {
    static_assert(sizeof(kept_time) == 8);
    for (auto const* const text : {"0001-01-01", "1969-12-31T23:59:59.999999",
                                   "9999-12-31T23:59:59Z", "2024-05-31T12:00:00.1234567+05:30"}) {
        auto const time = *time_format{"iso"}.read(text);
        written_time const kept = kept_time{time};
        CHECK(kept.at == time.at);
        CHECK(kept.in_utc == time.in_utc);
        CHECK(kept.whole_day == time.whole_day);
        CHECK(kept.cut == time.cut);
    }
}

TEST_CASE("times that are not kept are still looked at") {
    time_column column{"auto"};
    column.add({"01.02.2024", {"touches.csv", 2, "ts"}}, false);
    column.add({"31.01.2024", {"touches.csv", 3, "ts"}});
    CHECK(column.format().name() == "dmy");
    CHECK(column.size() == 2);
    CHECK(column.times().size() == 1);
    CHECK_THROWS_AS(column.add({"soon", {"touches.csv", 4, "ts"}}, false), input_error);
}

TEST_CASE("what is no time") {
    for (auto const* const text :
         {"", "2024-02-30", "2024-13-01", "2024-05-31T", "2024-05-31T24:01", "2024-05-31T12",
          "2024-05-31T12:60", "2024-05-31T12:00:00+25:00", "2024-05-31T13:00 PM", "31.05.2024",
          "2024-05-31T12:00:00.", "2024-05/31", "2024-05-31 12:00 tomorrow", "24-05-31"})
        CHECK_MESSAGE(!read("iso", text), text);
    CHECK(!read("dmy", "31.05.24"));
    CHECK(!read("dmy", "31.05/2024"));
    CHECK(!read("unix", "20240531"));
    CHECK(!read("unix", "1717156800000"));
    CHECK(!read("%d %b %Y", "31 May 2024 and more"));
    CHECK_THROWS_WITH_AS(time_format{"dym"}, doctest::Contains("'dym' is no format of times"),
                         std::invalid_argument);
}

TEST_CASE("times at their limits, and one step beyond") {
    for (auto const& [text, expected] : std::initializer_list<std::pair<char const*, char const*>>{
             {"2024-05-31T23:59:59", "2024-05-31T23:59:59Z"},
             {"2024-05-31T0:00", "2024-05-31T00:00:00Z"},
             {"2024-05-31T24:00:00.000", "2024-06-01T00:00:00Z"},
             {"2024-05-31 12:59 AM", "2024-05-31T00:59:00Z"},
             {"2024-05-31 1:00am", "2024-05-31T01:00:00Z"},
             {"2024-05-31 1:00 P M", nullptr},
             {"2024-05-31 11:59 pm", "2024-05-31T23:59:00Z"},
             {"2024-05-31T12:00+23:59", "2024-05-30T12:01:00Z"},
             {"2024-05-31T12:00-23:59", "2024-06-01T11:59:00Z"},
             {"2024-05-31T12:00z", "2024-05-31T12:00:00Z"},
             {"2024-05-31T12:00:00,5", "2024-05-31T12:00:00.5Z"},
             {"2024-05-31T12:00:00.000001", "2024-05-31T12:00:00.000001Z"},
             {"2024-05-31T12:00:00.12345678", "2024-05-31T12:00:00.123456Z"},
             {"0001-01-01", "0001-01-01T00:00:00Z"},
             {"0001-01-01T00:01+00:01", "0001-01-01T00:00:00Z"},
             {"9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999Z"},
             {"2024-02-29", "2024-02-29T00:00:00Z"},
             {"2023-02-29", nullptr},
             {"2024-05-31T24:00:01", nullptr},
             {"2024-05-31T24:00:00.000001", nullptr},
             {"2024-05-31T25:00", nullptr},
             {"2024-05-31T12:00:60", nullptr},
             {"2024-05-31T12:0", nullptr},
             {"2024-05-31T012:00", nullptr},
             {"2024-05-31 0:30 AM", nullptr},
             {"2024-05-31 12:00 A", nullptr},
             {"2024-05-31T12:00+24:00", nullptr},
             {"2024-05-31T12:00+00:60", nullptr},
             {"2024-05-31T12:00+1", nullptr},
             {"2024-05-31T12:00+01:3", nullptr},
             {"2024-05-31T12:00+01:300", nullptr},
             {"2024-05-31T12:00Z+", nullptr},
             {"0000-12-31", nullptr},
             {"0001-01-01T00:00+00:01", nullptr},
             {"9999-12-31T24:00", nullptr},
             {"2024-005-01", nullptr},
             {"02024-05-01", nullptr},
             {"2024-05", nullptr}}) {
        auto const found = read("iso", text);
        CHECK_MESSAGE(found == (expected ? std::optional<std::string>{expected} : std::nullopt),
                      text);
    }
    CHECK(read("unix", "100000000") == "1973-03-03T09:46:40Z");
    CHECK(read("unix", "99999999999") == "5138-11-16T09:46:39Z");
    CHECK(read("unix-ms", "100000000000") == "1973-03-03T09:46:40Z");
    CHECK(read("unix-ms", "99999999999999") == "5138-11-16T09:46:39.999Z");
    for (auto const* const text : {"99999999", "100000000000", "1717156800.", "1717156800.x"})
        CHECK_MESSAGE(!read("unix", text), text);
    for (auto const* const text : {"99999999999", "100000000000000", "1717156800000.5"})
        CHECK_MESSAGE(!read("unix-ms", text), text);
    CHECK(read("unix-us", "99999999999999999") == "5138-11-16T09:46:39.999999Z");
    CHECK(read("unix-ns", "100000000000000000") == "1973-03-03T09:46:40Z");
    CHECK(read("unix-ns", "9223372036854775807") == "2262-04-11T23:47:16.854775Z");
    for (auto const* const text :
         {"99999999999999999", "9223372036854775808", "-717156800000000000"})
        CHECK_MESSAGE(!read("unix-ns", text), text);
    CHECK(!read("unix", "-717156800"));
    CHECK(read("dmy", "1-2-2024") == "2024-02-01T00:00:00Z");
    CHECK(read("mdy", "1-2-2024") == "2024-01-02T00:00:00Z");
    CHECK(read("ymd", "2024.5.3") == "2024-05-03T00:00:00Z");
    CHECK(!read("ymd", "2024-05-03"));
    CHECK(!read("dmy", "1.2.202"));
    CHECK(!read("dmy", "1-2/2024"));
}

TEST_CASE("parts of a second that were cut are known") {
    auto const cut = [](std::string const& format, std::string_view text) {
        return time_format{format}.read(text)->cut;
    };
    CHECK(!cut("iso", "2024-05-31T12:00:00.123456"));
    CHECK(!cut("iso", "2024-05-31T12:00:00.1234560"));
    CHECK(cut("iso", "2024-05-31T12:00:00.1234561"));
    CHECK(cut("iso", "2024-05-31T12:00:00.00000001"));
    CHECK(!cut("unix", "1717156800.000001"));
    CHECK(cut("unix", "1717156800.0000001"));
    CHECK(!cut("unix", "1717156800"));
    CHECK(!cut("unix-ns", "1717156800000001000"));
    CHECK(cut("unix-ns", "1717156800000001001"));
}

TEST_CASE("a pattern without a time of day is a whole day") {
    CHECK(read("%d.%m.%Y", "31.05.2024", "UTC", true) == "2024-05-31T23:59:59.999999Z");
    // Letters that are text say nothing.
    CHECK(read("Tag %d.%m.%Y Uhr", "Tag 31.05.2024 Uhr", "UTC", true) ==
          "2024-05-31T23:59:59.999999Z");
    CHECK(read("%d.%m.%Y %H", "31.05.2024 10", "UTC", true) == "2024-05-31T10:00:00Z");
    CHECK(read("%d.%m.%Y %OH", "31.05.2024 10", "UTC", true) == "2024-05-31T10:00:00Z");
    CHECK(read("100%% %d.%m.%Y", "100% 31.05.2024", "UTC", true) == "2024-05-31T23:59:59.999999Z");
    CHECK(read("%d.%m.%Y %H %z", "31.05.2024 10 +0200", "UTC", true) == "2024-05-31T08:00:00Z");
    CHECK(read("%d.%m.%Y %", "31.05.2024 ", "UTC", true) == "2024-05-31T23:59:59.999999Z");
    CHECK(read("%d.%m.%Y %z", "31.05.2024 +0200", "UTC", true) == "2024-05-31T21:59:59.999999Z");
    // What is in it besides asks for nothing.
    CHECK(read("SHIPMENT %d.%m.%Y %%z", "SHIPMENT 31.05.2024 %z", "UTC", true) ==
          "2024-05-31T23:59:59.999999Z");
}

TEST_CASE("whatever asks for a time of day, or for an offset") {
    for (auto const& [pattern, text, expected] :
         std::initializer_list<std::tuple<char const*, char const*, char const*>>{
             {"%Y-%m-%d %I %p", "2024-05-31 10 PM", "2024-05-31T22:00:00Z"},
             {"%Y-%m-%d %OH", "2024-05-31 22", "2024-05-31T22:00:00Z"},
             {"%M min on %F", "10 min on 2024-05-31", "2024-05-31T00:10:00Z"},
             {"%S s on %F", "10 s on 2024-05-31", "2024-05-31T00:00:10Z"},
             {"%F %T", "2024-05-31 22:00:10", "2024-05-31T22:00:10Z"},
             {"%F %R", "2024-05-31 22:00", "2024-05-31T22:00:00Z"},
             {"%F %r", "2024-05-31 10:00:10 PM", "2024-05-31T22:00:10Z"},
             {"%F %X", "2024-05-31 22:00:10", "2024-05-31T22:00:10Z"},
             {"%c", "Fri May 31 22:00:10 2024", "2024-05-31T22:00:10Z"},
             {"%F %R %z", "2024-05-31 22:00 +0200", "2024-05-31T20:00:00Z"},
             {"%F %R %Ez", "2024-05-31 22:00 +02:00", "2024-05-31T20:00:00Z"},
             {"%F %R %Oz", "2024-05-31 22:00 +02:00", "2024-05-31T20:00:00Z"}})
        CHECK_MESSAGE(read(pattern, text, "UTC", true) == std::optional<std::string>{expected},
                      pattern);
}

TEST_CASE("a column has one format") {
    CHECK(column_of({"01.02.2024", "31.01.2024"}).format().name() == "dmy");
    CHECK(column_of({"01/02/2024", "01/31/2024"}).format().name() == "mdy");
    CHECK(column_of({"05/05/2024"}).format().name() == "dmy");  // all the same
    CHECK(column_of({}).times().empty());
    CHECK(column_of({"2024-05-31", "2024-06-01"}).whole_days());
    CHECK(!column_of({"2024-05-31 12:00", "2024-06-01"}).whole_days());
    CHECK(!column_of({"2024-05-31", "2024-06-01 12:00"}).whole_days());
    CHECK_THROWS_WITH_AS(static_cast<void>(column_of({"01/02/2024", "03/04/2024"}).format()),
                         doctest::Contains("touches.csv: column 'ts': its times may be "),
                         input_error);
    CHECK_THROWS_WITH_AS(column_of({"2024-05-31", "31.05.2024"}),
                         doctest::Contains("touches.csv:3: column 'ts': '31.05.2024' is not a time "
                                           "written as ISO 8601"),
                         input_error);
}

TEST_CASE("clocks of a place") {
    CHECK(read("iso", "2024-05-31 12:00", "Europe/Berlin") == "2024-05-31T10:00:00Z");
    CHECK(read("iso", "2024-05-31 12:00Z", "Europe/Berlin") == "2024-05-31T12:00:00Z");
    CHECK(read("iso", "2024-05-31", "Europe/Berlin") == "2024-05-30T22:00:00Z");
    CHECK(read("iso", "2024-05-31", "Europe/Berlin", true) == "2024-05-31T21:59:59.999999Z");
    // Twice on the clocks: the earlier. Left out by them: when they were set forward.
    CHECK(read("iso", "2024-10-27 02:30", "Europe/Berlin") == "2024-10-27T00:30:00Z");
    CHECK(read("iso", "2024-03-31 02:30", "Europe/Berlin") == "2024-03-31T01:00:00Z");
    // A day ends where the next one begins: in Brazil its last hour was there twice.
    CHECK(read("iso", "2018-02-17", "America/Sao_Paulo", true) == "2018-02-18T02:59:59.999999Z");
    CHECK(read("iso", "2018-02-18", "America/Sao_Paulo") == "2018-02-18T03:00:00Z");
    CHECK_THROWS_WITH_AS(wall_clock{"Mars/Olympus"}, doctest::Contains("no time zone"),
                         std::invalid_argument);
}
