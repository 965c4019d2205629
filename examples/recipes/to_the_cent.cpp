// SPDX-License-Identifier: BSL-1.0
// Nothing is lost to rounding: not in a split, not in a printed table.
#include <attribution/amount/allocate.hpp>
#include <attribution/amount/money.hpp>
#include <attribution/amount/round_together.hpp>

#include <cstdint>
#include <iostream>
#include <vector>

namespace att = attribution;

struct euro {};  // two currencies are two types: adding them does not compile

int main() {
    std::vector<double> const thirds{1, 1, 1};

    std::cout << "100 cents over three:";
    for (auto const part : att::allocate(att::money<euro>{100}, thirds))
        std::cout << ' ' << part.units();
    std::cout << "\nits refund:";
    for (auto const part : att::allocate(att::money<euro>{-100}, thirds))
        std::cout << ' ' << part.units();

    // Three channels with 33.333333 each, printed in cents, still make 100.00.
    std::vector<std::int64_t> const millionths{33'333'333, 33'333'333, 33'333'334};
    std::cout << "\nrounded together:";
    for (auto const line : att::round_together(millionths, 10'000))
        std::cout << ' ' << line / 10'000;
    std::cout << '\n';
}
