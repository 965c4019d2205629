// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <array>
#include <string>
#include <vector>

/// A newspaper's readers: some subscribed, most did not. Nothing here knows the library.
namespace paper {

struct click {
    int reader;
    date::sys_days on;
    std::string channel;
};

struct subscription {
    int reader;
    date::sys_days on;
    long long cents;
};

struct records {
    std::vector<click> clicks;
    std::vector<subscription> subscriptions;
};

/// 240 readers in March 2026. Whoever saw a podcast subscribed in one of 2 cases, whoever did not
/// in one of 10; search came last, whatever happened.
inline records march() {
    date::sys_days const first = date::year{2026} / 3 / 1;
    std::array<std::vector<std::string>, 6> const ways{{{"search"},
                                                        {"social", "search"},
                                                        {"podcast", "search"},
                                                        {"display", "social", "search"},
                                                        {"podcast", "display", "search"},
                                                        {"display", "display", "search"}}};
    records made;
    for (int reader = 0; reader < 240; ++reader) {
        auto const& way = ways[static_cast<std::size_t>(reader) % ways.size()];
        auto on = first + date::days{reader % 15};
        bool podcast = false;
        for (auto const& channel : way) {
            made.clicks.push_back({reader, on, channel});
            on += date::days{2};
            podcast = podcast || channel == "podcast";
        }
        if (reader / 6 % (podcast ? 2 : 10) == 0)
            made.subscriptions.push_back({reader, on, 9'900});
    }
    return made;
}

}  // namespace paper
