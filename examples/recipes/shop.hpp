// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <string>
#include <vector>

/// A small shop's records, as the recipes find them: nothing here knows the library.
namespace shop {

enum class kind { click, view };

struct touch {
    std::string user;
    date::sys_seconds at;
    std::string channel;
    kind how;
    bool direct;
};

struct order {
    std::string user;
    date::sys_seconds at;
    long long cents;
    std::string segment;
};

inline date::sys_seconds day(int month, int day_of_month, int hour = 12) {
    return date::sys_days{date::year{2026} / month / day_of_month} + std::chrono::hours{hour};
}

inline std::vector<touch> const log{
    {"ann", day(1, 3), "search", kind::click, false},
    {"ann", day(3, 1), "display", kind::view, false},
    {"ann", day(3, 5), "newsletter", kind::click, false},
    {"ann", day(3, 9), "direct", kind::click, true},
    {"bob", day(3, 2), "search", kind::click, false},
    {"bob", day(3, 7), "display", kind::view, false},
    {"bob", day(3, 8), "search", kind::click, false},
    {"cid", day(3, 4), "newsletter", kind::click, false},
    {"dan", day(3, 6), "direct", kind::click, true},
};

inline std::vector<order> const book{
    {"ann", day(3, 9, 13), 10'000, "retail"},
    {"bob", day(3, 8, 11), 5'000, "retail"},
    {"cid", day(4, 20), 2'500, "retail"},  // more than 30 days after the only touch
    {"dan", day(3, 6, 12), 4'000, "wholesale"},
    {"eve", day(3, 7), 1'000, "wholesale"},  // never touched
};

}  // namespace shop
