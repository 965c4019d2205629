// SPDX-License-Identifier: BSL-1.0
// A model that depends on nothing but the length of the path says so, and takes the fast route.
#include <attribution/attribution.hpp>

#include "shop.hpp"

#include <array>
#include <cstddef>
#include <iostream>

namespace att = attribution;
using shop::order, shop::touch;

/// The first half of the path opened the door and earns twice as much as the second.
struct early_bird_fn : att::model_tag {
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n / 2, 2.0}, att::level{n - n / 2, 1.0}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};
inline constexpr early_bird_fn early_bird{};

int main() {
    auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
    auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);

    for (auto const& row : att::attribute(orders, touches, early_bird,
                                          att::lookback(date::days{90}), att::by(&touch::channel)))
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}
