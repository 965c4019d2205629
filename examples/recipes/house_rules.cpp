// SPDX-License-Identifier: BSL-1.0
// Rules in a container: chosen at run time, regraded, extended, with checks over all rows.
#include "shop.hpp"

#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/total.hpp>
#include <attribution/quality/validate.hpp>

#include <iostream>
#include <vector>

namespace att = attribution;
using shop::order;

int main() {
    std::vector<att::rule<order>> rules{
        att::required("user", &order::user),
        att::fan_out("user", &order::user).as(att::severity::info),
        att::total("cents", &order::cents, 22'600),  // what the books say
    };
    rules.push_back({"in order", att::severity::warning, "is older than the order before it",
                     [](auto const& rows, att::offences& found) {
                         for (std::size_t i = 1; i < rows.size(); ++i)
                             if (rows[i].at < rows[i - 1].at)
                                 found.row(i);
                     }});

    auto const findings = att::validate(shop::book, rules);

    for (auto const& finding : findings) {
        std::cout << finding.rule << ": " << finding.count << '\n';
        for (auto const& note : finding.notes)
            std::cout << "    " << finding.text << ": " << note << '\n';
    }
    std::cout << (findings.clean(att::severity::error) ? "fit for use\n" : "not fit for use\n");
}
