// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <date/date.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

/// Records for tests, with what the test is about.
namespace customer_success {

[[nodiscard]] inline case_facts student(std::int64_t applicants) {
    return {.applicants = applicants,
            .visa = "Student",
            .contract = "Standard",
            .country = "Chile",
            .language = "es"};
}

[[nodiscard]] inline deal some_deal(std::string id, deal_state state, date::sys_days start,
                                    std::optional<date::sys_days> end, std::string owner,
                                    std::int64_t applicants = 1) {
    return {.id = std::move(id),
            .facts = student(applicants),
            .start = start,
            .end = end,
            .state = state,
            .owner = std::move(owner)};
}

}  // namespace customer_success
