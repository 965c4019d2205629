// SPDX-License-Identifier: BSL-1.0
// A click counts for 30 days, a video that was watched for 10 seconds for 3, and any other view for 1. A click
// beats an engaged view, which beats a view.
// Source: Google Ads, engaged-view conversions and conversion windows, by their defaults.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using namespace std::chrono_literals;
using shop::day, shop::kind, shop::order;

namespace {

struct touch {
    std::string user;
    date::sys_seconds at;
    std::string channel;
    kind how;
    std::chrono::seconds watched;
};

}  // namespace

int main() {
    std::vector<touch> const log{
        {"ann", day(3, 1), "search", kind::click, 0s},
        {"ann", day(3, 8), "video", kind::view, 25s},
        {"bob", day(3, 6), "video", kind::view, 10s},
        {"bob", day(3, 8), "display", kind::view, 0s},
        {"cid", day(3, 6), "short video", kind::view, 9s},
        {"cid", day(3, 8), "display", kind::view, 0s},
    };
    std::vector<order> const book{{"ann", day(3, 9, 11), 4'000, "retail"},
                                  {"bob", day(3, 9, 11), 5'000, "retail"},
                                  {"cid", day(3, 9, 11), 6'000, "retail"}};
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);

    auto const click = att::where(&touch::how, kind::click);
    auto const engaged = !click && att::where([](touch const& t) { return t.watched >= 10s; });
    auto const rules = att::named("its window", (click && att::lookback(date::days{30})) ||
                                                    (engaged && att::lookback(date::days{3})) ||
                                                    att::lookback(date::days{1}));
    auto const model = att::prefer(click, att::prefer(engaged, att::last_touch));

    auto const audit = att::explain(orders, touches, model, rules);
    for (std::size_t row = 0; row < log.size(); ++row)
        std::cout << log[row].user << ", " << log[row].channel << ": "
                  << audit.touchpoints()[row].amount << ", " << audit.touchpoint_reason(row)
                  << '\n';
}
