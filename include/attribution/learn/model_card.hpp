// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/evidence.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace attribution {

/// What was learned, and from what: to be printed beside the numbers.
///
/// `text()` and `<<` print all of it; the fields that a program may ask for are members.
struct model_card {
    std::string estimator;          // its name and options
    std::uint64_t rows = 0;         // paths, or aggregated rows
    std::uint64_t conversions = 0;  // that ended a path
    std::uint64_t nulls = 0;        // paths that did not convert
    std::string value;              // of the conversions
    double conversion_rate = 0;     // conversions / (conversions + nulls)
    std::size_t channels = 0;
    std::uint64_t pathless_conversions = 0;  // without any eligible touchpoint: not learned from
    std::string pathless_value;
    std::uint64_t pathless_customers = 0;  // never converted, without any eligible touchpoint
    std::string touchpoints;               // from the first to the last; empty if not known
    std::string window_ends;               // where windows without a conversion end
    std::vector<std::pair<std::string, std::string>> more;  // what the estimator adds
    std::vector<std::string> warnings;

    [[nodiscard]] std::string text() const {
        std::string lines = estimator + '\n';
        auto const line = [&](std::string const& name, std::string const& what) {
            if (!what.empty())
                lines += "  " + name + std::string(name.size() < 22 ? 22 - name.size() : 1, ' ') +
                         what + '\n';
        };
        auto const count = [](std::uint64_t n) {
            return n == 0 ? std::string{} : std::to_string(n);
        };
        line("rows", std::to_string(rows));
        line("conversions", std::to_string(conversions) + ", worth " + value);
        line("without conversion", std::to_string(nulls));
        line("P(conversion)", detail::number_text(conversion_rate));
        line("channels", std::to_string(channels));
        line("touchpoints", touchpoints);
        line("windows end", window_ends);
        if (pathless_conversions != 0)
            line("left out", std::to_string(pathless_conversions) +
                                 " conversions without a touchpoint, worth " + pathless_value);
        line("customers left out", count(pathless_customers));
        for (auto const& [name, what] : more)
            line(name, what);
        for (auto const& warning : warnings)
            line("warning", warning);
        return lines;
    }

    friend std::ostream& operator<<(std::ostream& out, model_card const& card) {
        return out << card.text();
    }
};

namespace detail {

template <amount Amount>
model_card card_of(evidence<Amount> const& from, std::string estimator, std::size_t channels) {
    model_card card;
    card.estimator = std::move(estimator);
    card.rows = from.rows;
    card.conversions = from.conversions;
    card.nulls = from.nulls;
    card.value = number_text(from.value.value());
    card.conversion_rate =
        static_cast<double>(from.conversions) / static_cast<double>(from.paths());
    card.channels = channels;
    card.pathless_conversions = from.pathless_conversions;
    card.pathless_value = number_text(from.pathless_value.value());
    card.pathless_customers = from.pathless_customers;
    card.touchpoints = from.touchpoints.text();
    card.window_ends = from.window_ends.text();
    if (from.nulls == 0)
        card.warnings.emplace_back("no path without a conversion was given: every path converts, "
                                   "and the effects mean less");
    return card;
}

}  // namespace detail

}  // namespace attribution
