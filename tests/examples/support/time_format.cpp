// SPDX-License-Identifier: BSL-1.0
#include <support/time_format.hpp>

#include <scratch.hpp>

#include <date/date.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
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

TEST_CASE("a column has one format") {
    CHECK(column_of({"01.02.2024", "31.01.2024"}).format().name() == "dmy");
    CHECK(column_of({"01/02/2024", "01/31/2024"}).format().name() == "mdy");
    CHECK(column_of({"05/05/2024"}).format().name() == "dmy");  // all the same
    CHECK(column_of({}).times().empty());
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
    CHECK_THROWS_WITH_AS(wall_clock{"Mars/Olympus"}, doctest::Contains("no time zone"),
                         std::invalid_argument);
}
