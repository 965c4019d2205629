// SPDX-License-Identifier: BSL-1.0
// Some visitors are accounts, others are devices: a key of several kinds, and devices that were
// recognised.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace att = attribution;
using shop::day;

using account = std::int64_t;
using visitor = std::variant<account, std::string>;  // the latter is a device

struct visit {
    std::optional<account> signed_in;
    std::string device;  // empty where cookies were refused
    date::sys_seconds at;
    std::string channel;
};
struct sale {
    std::optional<account> buyer;
    std::string device;  // of guests
    date::sys_seconds at;
    long long cents;
};

int main() {
    std::vector<visit> const log{{{}, "phone 1", day(3, 1), "display"},
                                 {7, "phone 1", day(3, 2), "mail"},
                                 {{}, "tablet 5", day(3, 3), "search"},
                                 {{}, "", day(3, 3), "video"},
                                 {7, "laptop 2", day(3, 4), "search"}};
    std::vector<sale> const book{{7, "", day(3, 9), 6'000}, {{}, "tablet 5", day(3, 9), 1'000}};

    std::map<std::string, account> owner;  // of devices on which somebody signed in
    for (auto const& one : log)
        if (one.signed_in && !one.device.empty())
            owner.emplace(one.device, *one.signed_in);
    auto const who = [&](std::optional<account> known,
                         std::string const& device) -> std::optional<visitor> {
        if (known)
            return *known;
        if (auto const found = owner.find(device); found != owner.end())
            return found->second;
        return device.empty() ? std::nullopt : std::optional<visitor>{device};
    };
    auto const visitor_of = [&](visit const& one) { return who(one.signed_in, one.device); };
    auto const buyer_of = [&](sale const& one) { return who(one.buyer, one.device); };

    auto const audit = att::explain(att::conversions(book, buyer_of, &sale::at, &sale::cents),
                                    att::touchpoints(log, visitor_of, &visit::at), att::linear,
                                    att::lookback(date::days{30}));
    for (std::size_t row = 0; row < log.size(); ++row)
        std::cout << log[row].channel << ": " << audit.touchpoints()[row].amount << ", "
                  << audit.touchpoint_reason(row) << '\n';
}
