// SPDX-License-Identifier: BSL-1.0
#include "support/reference.hpp"

#include <attribution/attribute.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace support;

TEST_CASE("law: every model and policy does what a naive reference does") {
    for_all_policies([](auto const& policy, int number) {
        INFO("policy " << number);
        for_all_worlds([&](random_numbers& random) {
            world const w{random};
            auto const model = random.below(any_model::count);
            auto const ledger =
                att::attribute(sales(w.book), touches(w.log), any_model{model}, policy);
            std::vector<reference::line> lines;
            for (auto const& earned : ledger)
                lines.push_back({earned.conversion, earned.touchpoint, earned.amount});
            if (lines != reference::attribute(w, model, number))
                broken("credits of model ", model, " differ");
        });
    });
}
