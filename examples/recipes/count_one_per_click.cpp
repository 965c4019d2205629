// SPDX-License-Identifier: BSL-1.0
// A click brought one sign-up and two orders. With how many of them may it be credited?
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>

namespace att = attribution;
using shop::day, shop::touch;

namespace {

struct goal {
    std::string user;
    date::sys_seconds at;
    std::string action;
};

}  // namespace

int main() {
    std::vector<touch> const clicks{{"ann", day(3, 1), "search", shop::kind::click, false}};
    std::vector<goal> const goals{
        {"ann", day(3, 2), "sign-up"}, {"ann", day(3, 3), "order"}, {"ann", day(3, 4), "order"}};
    auto const touches = att::touchpoints(clicks, &touch::user, &touch::at);
    auto const actions = att::conversions(goals, &goal::user, &goal::at);

    // "One" in the words of Google Ads: per interaction and action, the first conversion counts.
    auto const one = att::credited_at_most(1, &goal::action);
    auto const audit =
        att::explain(actions, touches, att::last_touch, att::lookback(date::days{30}) && one);
    for (auto const& row : audit.credits() | att::by(&touch::channel, &goal::action))
        std::cout << std::get<0>(row.key).value_or("(unattributed)") << ", " << std::get<1>(row.key)
                  << ": " << row.conversions << '\n';
    std::cout << audit.conversion_reason(2) << '\n';

    auto const two = att::attribute(actions, touches, att::last_touch,
                                    att::lookback(date::days{30}) && att::credited_at_most(2),
                                    att::by(&touch::channel));
    std::cout << "two, whatever they are: " << two[0].conversions << '\n';
}
