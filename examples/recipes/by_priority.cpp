// SPDX-License-Identifier: BSL-1.0
// Impressions carry a priority and a lifetime, as in the W3C's Attribution draft. Who earns the order?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::order;

namespace {

struct impression {
    std::string user;
    date::sys_seconds at;
    std::string site;
    int priority;
    date::days lifetime;
};

}  // namespace

int main() {
    std::vector<impression> const shown{{"ann", day(3, 1), "news", 200, date::days{30}},
                                        {"ann", day(3, 2), "video", 300, date::days{30}},
                                        {"ann", day(3, 3), "games", 900, date::days{2}},
                                        {"ann", day(3, 4), "mail", 200, date::days{30}}};
    std::vector<order> const book{{"ann", day(3, 9), 800, "retail"}};
    auto const touches = att::touchpoints(shown, &impression::user, &impression::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    // 6 parts to the highest priority, 2 to the next; of equal ones, the latest comes first.
    auto const model = att::ranked({6, 2}, &impression::priority);
    auto const rules = att::lookback(date::days{30}) && att::lifetime(&impression::lifetime);

    auto const audit = att::explain(orders, touches, model, rules);
    for (std::size_t row = 0; row < shown.size(); ++row)
        std::cout << shown[row].site << ": " << audit.touchpoints()[row].amount << ", "
                  << audit.touchpoint_reason(row) << '\n';

    auto const last_two =
        att::attribute(orders, touches, att::ranked({6, 2}), rules, att::by(&impression::site));
    std::cout << "by time alone:";
    for (auto const& row : last_two)
        std::cout << ' ' << row.key.value_or("(unattributed)") << ' ' << row.amount;
    std::cout << '\n';
}
