// SPDX-License-Identifier: BSL-1.0
// A subscription is renewed for years. Who won the customer earns from every payment.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <unordered_map>
#include <vector>

namespace att = attribution;
using date::days;

struct touch {
    std::string user;
    date::sys_days at;
    std::string channel;
};
struct payment {
    std::string user;
    date::sys_days at;
    long long cents;
};

int main() {
    auto const day = [](int month, int of_month) {
        return date::sys_days{date::year{2026} / month / of_month};
    };
    std::vector<touch> const log{{"ann", day(1, 2), "search"},
                                 {"ann", day(1, 9), "webinar"},
                                 {"ann", day(2, 20), "mail"},
                                 {"bob", day(2, 1), "search"},
                                 {"bob", day(2, 25), "display"}};
    std::vector<payment> const book{{"ann", day(1, 10), 3'000},
                                    {"bob", day(2, 3), 5'000},
                                    {"ann", day(2, 10), 3'000},
                                    {"ann", day(3, 10), 3'000},
                                    {"bob", day(3, 3), 5'000}};

    std::unordered_map<std::string, date::sys_days> sold;  // when each customer was won
    for (auto const& one : book)
        sold[one.user] = std::min(sold.try_emplace(one.user, one.at).first->second, one.at);
    auto const first_sale = [&](payment const& one) { return sold.at(one.user); };

    auto const show = [&](char const* what, auto const& policy) {
        auto const payments = att::conversions(book, &payment::user, &payment::at, &payment::cents);
        auto const report =
            att::attribute(payments, att::touchpoints(log, &touch::user, &touch::at), att::linear,
                           policy, att::by(&touch::channel));
        std::cout << what << '\n';
        for (auto const& row : report)
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
    };
    auto const month_before = [&](payment const& one) { return first_sale(one) - days{30}; };
    show("by the touchpoints of the first sale", att::between(month_before, first_sale));
    show("each payment by its own", att::lookback(days{30}) && att::since_previous_conversion);
}
