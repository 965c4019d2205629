// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/policy/subject_numbers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>

TEST_CASE("a user and a channel have one number, and are as they were when first met") {
    attribution::detail::subject_numbers<int, std::string> subjects;
    CHECK(subjects({7, "web"}) == 0);
    CHECK(subjects({7, "sms"}) == 1);
    CHECK(subjects({8, "web"}) == 2);
    CHECK(subjects({7, "web"}) == 0);
    CHECK(subjects.size() == 3);
    CHECK(subjects[1] == std::pair<int, std::string>{7, "sms"});
    CHECK(subjects.find({8, "web"}) == 2);
    CHECK(subjects.find({8, "sms"}) == subjects.none);
}

TEST_CASE("channels by address are one where their characters are") {
    char const first[] = "web";
    char const second[] = "web";
    attribution::detail::subject_numbers<int, char const*> subjects;
    CHECK(subjects({1, first}) == 0);
    CHECK(subjects({1, second}) == 0);
    CHECK(subjects[0].second == first);
}
