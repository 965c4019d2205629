// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/bytes.hpp>

#include "support/random.hpp"
#include "wire/support.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace att = attribution;
using att::detail::byte_reader;

TEST_CASE("any bytes make a value or an error, for tallies too") {
    support::random_numbers random{4};
    using entries = std::vector<std::tuple<std::optional<std::string>, att::tally<double>>>;
    int values = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (auto n = random.below(60); n > 0; --n)
            bytes += static_cast<char>(random.chance(2) ? random.below(4) : random.bits() % 256);
        auto const fault = support::failure_of([&] {
            byte_reader in{bytes};
            for (auto const& [key, sum] : att::detail::read<entries>(in))
                (void)sum.finish();
        });
        values += !fault;
    }
    CHECK(values > 0);
}
