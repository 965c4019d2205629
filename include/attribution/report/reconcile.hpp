// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit.hpp>
#include <attribution/detail/owned_range.hpp>
#include <attribution/ledger.hpp>
#include <attribution/report/by.hpp>
#include <attribution/tally.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// Value does not reconcile: something was lost, invented or counted twice.
class reconciliation_error : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// The proof of one group: value_in == credited + unattributed.
template <class Key, amount Amount>
struct reconciliation_row {
    Key key;
    std::size_t conversions;
    Amount value_in;
    Amount credited;
    Amount unattributed;
    Amount difference;  // value_in - credited - unattributed: zero, but for rounding of floats
};

/// That a ledger holds exactly the value that went in: in all, and per group of conversions. Made
/// by `reconcile`.
template <class Row>
class reconciliation : public detail::owned_range<Row> {
  public:
    reconciliation(std::vector<Row> rows, std::vector<std::string> problems)
        : detail::owned_range<Row>{std::move(rows)}, problems_{std::move(problems)} {}

    /// What is off, in words: at most one line per conversion. Empty if all reconciles.
    [[nodiscard]] std::vector<std::string> const& problems() const& { return problems_; }
    [[nodiscard]] std::vector<std::string> problems() const&& { return problems_; }
    [[nodiscard]] bool reconciles() const { return problems_.empty(); }

    /// Errors: reconciliation_error, with the first problem and how many there are.
    void check() const {
        if (!problems_.empty())
            throw reconciliation_error{"reconcile: " + problems_.front() + " (" +
                                       std::to_string(problems_.size()) + " in all)"};
    }

  private:
    std::vector<std::string> problems_;
};

namespace detail {

/// Floating parts are split by share as they are: each is off by a rounding or two.
template <amount Amount>
constexpr bool adds_up(Amount whole, Amount parts) {
    if constexpr (std::floating_point<Amount>) {
        auto const off = whole < parts ? parts - whole : whole - parts;
        auto const size = whole < 0 ? -whole : whole;
        return off <= size * static_cast<Amount>(sizeof(Amount) == 4 ? 1e-5 : 1e-12);
    } else {
        return whole == parts;
    }
}

template <amount Amount>
constexpr Amount subtract(Amount a, Amount b) {
    if constexpr (std::integral<Amount>)
        return static_cast<Amount>(int128{a} - b);
    else
        return a - b;
}

struct everything_fn {
    template <class Record>
    constexpr char operator()(Record&&) const {
        return 0;
    }
};

}  // namespace detail

/// Proves a ledger: every conversion's credits add up to its value, exactly for integers and money.
///
/// Shape:      `groups` are projections of conversions, such as `by(&order::currency)`; without,
///             there is one row for everything. Rows come by key, ascending.
/// Edges:      a conversion without any credit, credits of rows that do not exist, and attributed
///             beside unattributed credit of one conversion are problems. Floating amounts may be
///             off by 10^-12 of a conversion's value, their rounding.
/// Errors:     std::overflow_error if a sum does not fit; `check()` throws what is off.
/// Complexity: one pass over conversions and credits.
template <class Conversions, class Touchpoints, amount Amount, class... Projections>
[[nodiscard]] auto reconcile(ledger<Conversions, Touchpoints, Amount> const& credits,
                             grouping<Projections...> const& groups) {
    auto const& conversions = credits.conversions();
    auto group_of = groups.bind_conversions(conversions);
    using key_type = typename decltype(group_of)::key_type;
    using row_type = reconciliation_row<key_type, Amount>;

    struct sums {
        running_total<Amount> value_in, credited, unattributed;
        std::size_t conversions = 0;
    };
    std::vector<running_total<Amount>> given(conversions.size());
    std::vector<unsigned> kinds(conversions.size(), 0);  // 1: attributed, 2: unattributed
    std::vector<sums> totals;
    std::vector<std::string> problems;
    std::vector<std::size_t> group(conversions.size(), 0);
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        group[row] = group_of(row);
        if (group[row] == totals.size())
            totals.push_back({});
        totals[group[row]].value_in.add(conversions.value(row));
        ++totals[group[row]].conversions;
    }
    for (auto const& one : credits) {
        if (one.conversion >= conversions.size() ||
            (one.attributed() && one.touchpoint >= credits.touchpoints().size())) {
            problems.push_back("a credit names conversion row " + std::to_string(one.conversion) +
                               " and touchpoint row " + std::to_string(one.touchpoint) +
                               ", which do not exist");
            continue;
        }
        given[one.conversion].add(one.amount);
        kinds[one.conversion] |= one.attributed() ? 1U : 2U;
        auto& sum = totals[group[one.conversion]];
        (one.attributed() ? sum.credited : sum.unattributed).add(one.amount);
    }
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        auto const name = "conversion row " + std::to_string(row);
        if (kinds[row] == 0)
            problems.push_back(name + " has no credit, not even an unattributed one");
        else if (kinds[row] == 3)
            problems.push_back(name + " is attributed and unattributed at once");
        else if (!detail::adds_up(conversions.value(row), given[row].value()))
            problems.push_back("the credits of " + name + " do not add up to its value");
    }

    std::vector<row_type> rows;
    for (std::size_t i = 0; i < totals.size(); ++i) {
        auto const in = totals[i].value_in.value();
        auto const credited = totals[i].credited.value();
        auto const unattributed = totals[i].unattributed.value();
        rows.push_back({group_of.key(i), totals[i].conversions, in, credited, unattributed,
                        detail::subtract(detail::subtract(in, credited), unattributed)});
    }
    std::sort(rows.begin(), rows.end(),
              [](row_type const& a, row_type const& b) { return a.key < b.key; });
    return reconciliation<row_type>{std::move(rows), std::move(problems)};
}

template <class Conversions, class Touchpoints, amount Amount>
[[nodiscard]] auto reconcile(ledger<Conversions, Touchpoints, Amount> const& credits) {
    return reconcile(credits, by(of_conversion(detail::everything_fn{})));
}

}  // namespace attribution
