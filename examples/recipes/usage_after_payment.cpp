// SPDX-License-Identifier: BSL-1.0
// Customers pay once and then use several integrations: which integration keeps the money coming?
// Usage counts from the payment to the refund, if any, while the integration is connected.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using date::days;

date::sys_days const start{date::year{2026} / 1 / 1};

struct account {
    std::string owner;
    date::sys_days paid;
    std::optional<date::sys_days> refunded;
    long long cents;
};
struct usage {
    std::string account;
    std::string user;
    std::string platform;
    date::sys_days at;
    double seconds;
};
struct switched {
    std::string user;
    std::string platform;
    date::sys_days at;
    bool on;
};

int main() {
    std::vector<account> const accounts{{"ann", start, {}, 10'000},
                                        {"bob", start, start + days{10}, 6'000}};
    std::vector<switched> const switches{{"ann", "crm", start + days{1}, true},
                                         {"ann", "crm", start + days{5}, false},
                                         {"ben", "chat", start + days{2}, true}};
    std::vector<usage> const log{{"ann", "ann", "crm", start + days{5}, 30},   // last day connected
                                 {"ann", "ann", "crm", start + days{6}, 500},  // disconnected
                                 {"ann", "ann", "web", start + days{8}, 90},  // needs no connection
                                 {"bob", "ben", "chat", start + days{3}, 60},  // a member of bob's
                                 {"bob", "ben", "chat", start + days{11}, 60}};  // after the refund

    auto const paired = att::pair_connections(switches, &switched::user, &switched::platform,
                                              &switched::at, &switched::on);
    auto const connected =
        att::while_connected(paired.connections, &usage::user, &usage::platform, {"web"});

    auto const report = att::attribute(
        att::conversions(accounts, &account::owner, &account::paid, &account::cents),
        att::touchpoints(log, &usage::account, &usage::at), att::usage_weighted(&usage::seconds),
        att::between(&account::paid, &account::refunded) && connected, att::by(&usage::platform));

    for (auto const& row : report)
        std::cout << row.key.value_or("(no usage)") << ": " << row.amount << '\n';
}
