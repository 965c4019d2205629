// SPDX-License-Identifier: BSL-1.0
// A lookback for each kind, method of identification and channel, from a configuration.
// Source: AppsFlyer, "Lookback windows explained"; SolarEngine, "Attribution Window", has the same shape.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace att = attribution;
using shop::day;

namespace {

struct touch {
    std::string user;
    date::sys_seconds at;
    std::string kind;
    std::string method;
    std::string channel;
};
struct install {
    std::string user;
    date::sys_seconds at;
};

/// Kind, method, channel, hours. The first line that fits decides; * fits everything.
char const* const configuration = "click deterministic search 720\n"
                                  "click deterministic *      168\n"
                                  "view  deterministic *       24\n"
                                  "click probabilistic *       24\n"
                                  "view  probabilistic social   6\n";

using table =
    std::vector<att::lookback_row<std::chrono::hours, std::string, std::string, std::string>>;

table read(std::string const& text) {
    table windows;
    std::istringstream lines{text};
    std::string kind, method, channel;
    int hours = 0;
    auto const key = [](std::string const& word) {
        return word == "*" ? std::nullopt : std::optional{word};
    };
    while (lines >> kind >> method >> channel >> hours)
        windows.push_back({key(kind), key(method), key(channel), std::chrono::hours{hours}});
    return windows;
}

}  // namespace

int main() {
    std::vector<touch> const log{
        {"ann", day(3, 3, 9), "click", "deterministic", "search"},
        {"ann", day(3, 20, 9), "view", "deterministic", "social"},
        {"bob", day(3, 19, 9), "click", "probabilistic", "display"},
        {"bob", day(3, 20, 9), "view", "deterministic", "social"},
        {"cid", day(3, 20, 4), "view", "probabilistic", "social"},
        {"cid", day(3, 20, 9), "view", "probabilistic", "display"},
    };
    std::vector<install> const installs{
        {"ann", day(3, 20, 12)}, {"bob", day(3, 20, 12)}, {"cid", day(3, 20, 12)}};

    auto const rules =
        att::lookback_by(read(configuration), &touch::kind, &touch::method, &touch::channel);
    auto const model = att::prefer(att::where(&touch::kind, "click"), att::last_touch);

    auto const audit = att::explain(att::conversions(installs, &install::user, &install::at),
                                    att::touchpoints(log, &touch::user, &touch::at), model, rules);
    for (std::size_t row = 0; row < log.size(); ++row)
        std::cout << log[row].user << ", " << log[row].method << ' ' << log[row].kind << " of "
                  << log[row].channel << ": " << audit.touchpoint_reason(row) << '\n';
}
