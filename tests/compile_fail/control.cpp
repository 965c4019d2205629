// SPDX-License-Identifier: BSL-1.0
// The control: what the other files here do wrong, done right. It must compile.
#include "records.hpp"

struct eur;

constexpr auto window = att::lookback(std::chrono::hours{24});

void control() {
    auto const ledger =
        att::attribute(sales, touches, att::linear,
                       window && att::where([](visit const& v) { return v.user > 0; }));
    (void)(ledger | att::by(&visit::channel, &order::buyer));
    (void)(att::money<eur>{1} + att::money<eur>{2});
    (void)att::attribute(sales, touches, [](auto const&, att::weights w) { w[0] = 1; });
}
