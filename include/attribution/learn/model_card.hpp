// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/noted_period.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// What some counts were learned from. A commutative monoid. There are fewer than 2^64 paths in
/// all.
template <amount Amount>
struct evidence {
    std::uint64_t rows = 0;
    std::uint64_t conversions = 0;  // at the end of a path
    std::uint64_t nulls = 0;        // paths that did not convert
    running_total<Amount> value;    // of those conversions
    std::uint64_t pathless_conversions = 0;
    running_total<Amount> pathless_value;
    std::uint64_t pathless_customers = 0;
    detail::noted_period touchpoints;
    detail::noted_period window_ends;

    /// How evidence is written and read, see `members`.
    [[nodiscard]] static constexpr auto members() {
        return std::tuple{&evidence::rows,
                          &evidence::conversions,
                          &evidence::nulls,
                          &evidence::pathless_conversions,
                          &evidence::pathless_customers,
                          &evidence::value,
                          &evidence::pathless_value,
                          &evidence::touchpoints,
                          &evidence::window_ends};
    }
    template <class NameOf>
    [[nodiscard]] static std::string kind(NameOf const& name_of) {
        return "evidence of " + name_of(std::type_identity<Amount>{});
    }

    [[nodiscard]] std::uint64_t paths() const { return conversions + nulls; }

    /// Errors:     std::overflow_error if there are more paths than 64 bits can count. Then nothing
    ///             is added.
    void merge(evidence const& other) {
        auto const all_rows = detail::counted(rows, other.rows);
        auto const all_pathless_conversions =
            detail::counted(pathless_conversions, other.pathless_conversions);
        auto const all_pathless_customers =
            detail::counted(pathless_customers, other.pathless_customers);
        static_cast<void>(detail::counted(paths(), other.paths()));
        rows = all_rows;
        conversions += other.conversions;
        nulls += other.nulls;
        value.merge(other.value);
        pathless_conversions = all_pathless_conversions;
        pathless_value.merge(other.pathless_value);
        pathless_customers = all_pathless_customers;
        touchpoints.merge(other.touchpoints);
        window_ends.merge(other.window_ends);
    }
};

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

/// The card of a model that was learned from this evidence; an estimator may add to it.
template <amount Amount>
[[nodiscard]] model_card card_of(evidence<Amount> const& from, std::string estimator,
                                 std::size_t channels) {
    model_card card;
    card.estimator = std::move(estimator);
    card.rows = from.rows;
    card.conversions = from.conversions;
    card.nulls = from.nulls;
    card.value = detail::number_text(from.value.value());
    card.conversion_rate =
        static_cast<double>(from.conversions) / static_cast<double>(from.paths());
    card.channels = channels;
    card.pathless_conversions = from.pathless_conversions;
    card.pathless_value = detail::number_text(from.pathless_value.value());
    card.pathless_customers = from.pathless_customers;
    card.touchpoints = from.touchpoints.text();
    card.window_ends = from.window_ends.text();
    if (from.nulls == 0)
        card.warnings.push_back("no path without a conversion was given: every path converts, "
                                "and the effects mean less");
    return card;
}

}  // namespace attribution
