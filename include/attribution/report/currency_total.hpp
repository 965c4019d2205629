// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>

namespace attribution::inline v0_1 {

/// All value in one currency, and the part of it that no touchpoint earned; see `report::totals`.
template <class Currency, amount Amount>
struct currency_total {
    Currency currency;
    Amount total;
    Amount unattributed;

    friend constexpr bool operator==(currency_total const&, currency_total const&) = default;
};

}  // namespace attribution
