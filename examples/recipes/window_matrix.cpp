// SPDX-License-Identifier: BSL-1.0
// A lookback for each kind, method of identification and channel, from a configuration.
// Source: AppsFlyer, "Lookback windows explained"; SolarEngine, "Attribution Window", has the same shape.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <iostream>
#include <sstream>

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

struct line {
    std::string kind, method, channel;
    int hours;
};

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

    std::vector<line> table;
    std::istringstream text{configuration};
    for (line one; text >> one.kind >> one.method >> one.channel >> one.hours;)
        table.push_back(one);

    auto const is = [](std::string const& seen, std::string const& wanted) {
        return wanted == "*" || wanted == seen;
    };
    auto const window = [&](touch const& t) {
        auto const found = std::find_if(table.begin(), table.end(), [&](line const& one) {
            return is(t.kind, one.kind) && is(t.method, one.method) && is(t.channel, one.channel);
        });
        return std::chrono::hours{found == table.end() ? -1 : found->hours};  // -1: never
    };
    auto const rules = att::lifetime(window) && att::lookback(date::days{30});
    auto const model = att::prefer(att::where(&touch::kind, "click"), att::last_touch);

    auto const audit = att::explain(att::conversions(installs, &install::user, &install::at),
                                    att::touchpoints(log, &touch::user, &touch::at), model, rules);
    for (std::size_t row = 0; row < log.size(); ++row)
        std::cout << log[row].user << ", " << log[row].method << ' ' << log[row].kind << " of "
                  << log[row].channel << ": " << audit.touchpoint_reason(row) << '\n';
}
