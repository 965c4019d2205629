// SPDX-License-Identifier: BSL-1.0
// Data in columns goes in as it is; credits come out one by one.
#include <attribution/attribution.hpp>

#include <cstdint>
#include <iostream>
#include <vector>

namespace att = attribution;

int main() {
    std::vector<std::uint32_t> const user{7, 7, 8};
    std::vector<std::int64_t> const seen_at{100, 250, 300};

    std::vector<std::uint32_t> const buyer{7, 8};
    std::vector<std::int64_t> const bought_at{260, 290};
    std::vector<double> const value{12.5, 3.0};

    auto const touches =
        att::touchpoints(att::columns(user, seen_at), att::column<0>, att::column<1>);
    auto const sales = att::conversions(att::columns(buyer, bought_at, value), att::column<0>,
                                        att::column<1>, att::column<2>);

    att::attribute(sales, touches, att::linear, att::lookback(200), [](auto const& credit) {
        if (credit.attributed())
            std::cout << "touch " << credit.touchpoint << " earns " << credit.amount << " of sale "
                      << credit.conversion << '\n';
        else
            std::cout << "nobody earns " << credit.amount << " of sale " << credit.conversion
                      << '\n';
    });
}
