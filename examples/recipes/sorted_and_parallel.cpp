// SPDX-License-Identifier: BSL-1.0
// Data that is sorted already needs no join; several threads give the same bytes.
#include <attribution/attribution.hpp>

#include <cstdint>
#include <iostream>
#include <vector>

namespace att = attribution;

int main() {
    // In the order (user, time), as an export from a warehouse comes.
    std::vector<std::uint32_t> const user{7, 7, 7, 8, 9};
    std::vector<std::int64_t> const seen_at{100, 250, 255, 300, 120};
    std::vector<std::uint8_t> const channel{2, 1, 2, 1, 1};

    std::vector<std::uint32_t> const buyer{7, 8, 9};
    std::vector<std::int64_t> const bought_at{260, 290, 130};
    std::vector<double> const value{12.5, 3.0, 0.1};

    auto const touches = att::sorted(
        att::touchpoints(att::columns(user, seen_at, channel), att::column<0>, att::column<1>));
    auto const sales = att::sorted(att::conversions(
        att::columns(buyer, bought_at, value), att::column<0>, att::column<1>, att::column<2>));

    auto const report = att::attribute(att::parallel{2}, sales, touches, att::linear,
                                       att::lookback(200), att::by(att::column<2>));

    for (auto const& row : report) {
        if (row.attributed)
            std::cout << "channel " << int{*row.key};
        else
            std::cout << "nobody";
        std::cout << " earns " << row.amount << '\n';
    }
}
