// SPDX-License-Identifier: BSL-1.0
// Contracts instead of conversions: what is each channel's part of the discount?
#include <attribution/attribution.hpp>

#include <algorithm>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace att = attribution;

int main() {
    // Booked together, print and online save 300; with radio as a third, 900.
    auto const saved = [](std::span<std::string const> booked) {
        auto const has = [&](char const* name) {
            return std::find(booked.begin(), booked.end(), name) != booked.end();
        };
        if (!has("print") || !has("online"))
            return 0.0;
        return has("radio") ? 900.0 : 300.0;
    };
    for (auto const& one :
         att::shapley_values(std::vector<std::string>{"online", "print", "radio"}, saved))
        std::cout << one.player << ": " << one.value << '\n';
}
