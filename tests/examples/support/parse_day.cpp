// SPDX-License-Identifier: BSL-1.0
#include <support/parse_day.hpp>

#include <scratch.hpp>

#include <string>
#include <string_view>

using examples::day_of;
using namespace date::literals;

namespace {

date::sys_days read(std::string_view text) {
    return day_of({text, {"leads.csv", 7, "first_contact_date"}});
}

}  // namespace

TEST_CASE("day_of: both ways of writing") {
    CHECK(read("2018-05-31") == date::sys_days{2018_y / 5 / 31});
    CHECK(read("31-05-2018") == date::sys_days{2018_y / 5 / 31});
    CHECK(read("03-04-2018") == date::sys_days{2018_y / 4 / 3});
    CHECK(read("2016-02-29") == date::sys_days{2016_y / 2 / 29});
}

TEST_CASE("day_of: anything else is refused") {
    for (auto const* const text : {"", "2018-5-31", "31-05-18", "2018/05/31", "2018-05-31 ",
                                   "2018-05-31 00:00:00", "31.05.2018", "2018-05-3x", "05-31"})
        CHECK(error_of<examples::input_error>([&] { (void)read(text); })
                  .find("leads.csv:7: column 'first_contact_date': '" + std::string{text} +
                        "' is not a day, write it like 2018-05-31") == 0);
    for (auto const* const text : {"2018-02-29", "31-04-2018", "05-31-2018", "2018-00-10"})
        CHECK(error_of<examples::input_error>([&] { (void)read(text); }) ==
              "leads.csv:7: column 'first_contact_date': '" + std::string{text} +
                  "' is a day that does not exist, correct it");
}
