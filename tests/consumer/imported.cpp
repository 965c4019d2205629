// SPDX-License-Identifier: BSL-1.0
// Everything here comes from the module: functions, operators, concepts, types and learned models.
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

import attribution;

namespace att = attribution;

struct visit {
    std::string user;
    std::int64_t at;
    std::string channel;
};
struct order {
    std::string user;
    std::int64_t at;
    std::int64_t cents;
};

int main() {
    std::vector<visit> const log{{"ann", 100, "ads"}, {"ann", 200, "mail"}};
    std::vector<order> const book{{"ann", 300, 1999}};
    auto const touches = att::touchpoints(log, &visit::user, &visit::at);
    auto const sales = att::conversions(book, &order::user, &order::at, &order::cents);
    auto const model = 0.5 * att::first_touch + 0.5 * att::last_touch;
    auto const policy = att::lookback(1000) && !att::where(&visit::channel, std::string{"tv"});
    auto const report = att::attribute(sales, touches, model, policy) | att::by(&visit::channel);
    static_assert(att::policy<decltype(att::lookback(1))>);
    auto const learned = att::fit(sales, touches, att::markov(&visit::channel), policy);
    std::ostringstream text;
    text << report;
    return report[0].key == "ads" && report[0].amount == 1000 && report[1].amount == 999 &&
                   learned.effects().size() == 2 && text.str().starts_with("ads: amount 1000")
               ? 0
               : 1;
}
