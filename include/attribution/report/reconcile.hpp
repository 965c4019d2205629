// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/report/by.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
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

/// The proof of one group: value_in == credited + unattributed. What was refunded is in none of them.
template <class Key, amount Amount>
struct reconciliation_row {
    Key key;
    std::size_t conversions;
    Amount value_in;  // less what was taken back
    Amount credited;
    Amount unattributed;
    Amount difference;  // value_in - credited - unattributed: zero, but for rounding of floats;
                        // saturated if the type cannot hold it
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

/// What is left of a sum after its parts were taken away, exactly.
template <amount Amount>
class balance {
  public:
    constexpr void add(Amount const& one) { sum_.add(one); }
    constexpr void subtract(Amount const& one) {
        if constexpr (std::floating_point<Amount>)
            sum_.add(-one);
        else
            sum_.add_units(-int128{units_of<Amount>::count(one)});
    }

    /// Floating parts are split by share as they are: each is off by a rounding or two of a whole
    /// of that size.
    [[nodiscard]] constexpr bool is_even(double size) const {
        if constexpr (std::floating_point<Amount>) {
            auto const off = sum_.sum().value();
            return (off < 0 ? -off : off) <= rounding_of<Amount>(size);
        } else {
            return sum_.is_zero();
        }
    }

    /// The amount; what its type cannot hold, such as a negative one of an unsigned type, is the
    /// nearest of its limits.
    [[nodiscard]] constexpr Amount amount() const {
        using units = units_of<Amount>;
        if constexpr (std::floating_point<Amount>) {
            constexpr double most = std::numeric_limits<Amount>::max();
            return static_cast<Amount>(std::clamp(sum_.sum().value(), -most, most));
        } else {
            return units::make(saturate<typename units::type>(sum_.sum()));
        }
    }

  private:
    running_total<Amount> sum_;
};

template <amount Amount>
constexpr double size_of(Amount const& one) {
    if constexpr (std::floating_point<Amount>)
        return static_cast<double>(one < 0 ? -one : one);
    else
        return 0;
}

/// One group of conversions: all of them.
struct all_conversions {
    using key_type = char;
    constexpr std::size_t operator()(std::size_t) const { return 0; }
    constexpr key_type key(std::size_t) const { return 0; }
};

/// Of the conversions that `group_of` numbers, in so many groups at least.
template <class Ledger, class Groups>
auto reconcile_groups(Ledger const& credits, Groups group_of, std::size_t groups) {
    using Amount = typename Ledger::amount_type;
    using row_type = reconciliation_row<typename Groups::key_type, Amount>;
    auto const& conversions = credits.conversions();

    struct sums {
        running_total<Amount> value_in, credited, unattributed;
        balance<Amount> difference;
        std::size_t conversions = 0;
    };
    std::vector<balance<Amount>> left(conversions.size());
    std::vector<double> sizes(conversions.size(), 0);
    std::vector<unsigned> kinds(conversions.size(), 0);  // 1: attributed, 2: unattributed
    std::vector<sums> totals(groups);
    std::vector<std::string> problems;
    std::vector<std::size_t> group(conversions.size(), 0);
    auto const came_in = [&](std::size_t row, Amount const& value) {
        if (!is_finite_amount(value)) {
            problems.push_back("a value of conversion row " + std::to_string(row) +
                               " is not a finite number");
            return;
        }
        totals[group[row]].value_in.add(value);
        totals[group[row]].difference.add(value);
        left[row].add(value);
        sizes[row] += size_of(value);
    };
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        group[row] = group_of(row);
        if (group[row] == totals.size())
            totals.push_back({});
        ++totals[group[row]].conversions;
        came_in(row, conversions.value(row));
    }
    for (auto const& change : credits.changes()) {
        if (change.conversion < conversions.size())
            came_in(change.conversion, change.amount);
        else
            problems.push_back("a change of value names conversion row " +
                               std::to_string(change.conversion) + ", which does not exist");
    }
    for (auto const& one : credits) {
        if (one.conversion >= conversions.size() ||
            (one.attributed() && one.touchpoint >= credits.touchpoints().size())) {
            problems.push_back("a credit names conversion row " + std::to_string(one.conversion) +
                               " and touchpoint row " + std::to_string(one.touchpoint) +
                               ", which do not exist");
            continue;
        }
        if (!is_finite_amount(one.amount)) {
            problems.push_back("a credit of conversion row " + std::to_string(one.conversion) +
                               " is not a finite number");
            continue;
        }
        left[one.conversion].subtract(one.amount);
        if (one.share > 0)  // what was taken back may be more than was attributed
            kinds[one.conversion] |= one.attributed() ? 1U : 2U;
        auto& sum = totals[group[one.conversion]];
        (one.attributed() ? sum.credited : sum.unattributed).add(one.amount);
        sum.difference.subtract(one.amount);
    }
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        auto const name = "conversion row " + std::to_string(row);
        if (kinds[row] == 0)
            problems.push_back(name + " has no credit, not even an unattributed one");
        else if (kinds[row] == 3)
            problems.push_back(name + " is attributed and unattributed at once");
        else if (!left[row].is_even(sizes[row]))
            problems.push_back("the credits of " + name + " do not add up to its value");
    }

    std::vector<row_type> rows;
    rows.reserve(totals.size());
    for (std::size_t i = 0; i < totals.size(); ++i)
        rows.push_back({group_of.key(i), totals[i].conversions, totals[i].value_in.value(),
                        totals[i].credited.value(), totals[i].unattributed.value(),
                        totals[i].difference.amount()});
    std::sort(rows.begin(), rows.end(),
              [](row_type const& a, row_type const& b) { return a.key < b.key; });
    return reconciliation<row_type>{std::move(rows), std::move(problems)};
}

}  // namespace detail

struct reconcile_fn {
    /// Proves a ledger: every conversion's credits add up to its value, exactly for integers and
    /// money.
    ///
    /// Arguments:  a ledger; `groups`, if any.
    /// Shape:      `groups` are projections of conversions, such as `by(&order::currency)`;
    ///             without, there is one row for everything, also of nothing. Rows come by key,
    ///             ascending.
    /// Edges:      a conversion without any credit, credits of rows that do not exist or that are
    ///             not finite, and attributed beside unattributed credit of one conversion are
    ///             problems. What `take_back` took back counts as value that went out again:
    ///             `reconcile(back.net)` proves that what is left of every sale, an excess
    ///             included, is its value less its refunds. Floating amounts may be off by 10^-12
    ///             (float: 10^-5) of a conversion's value and refunds, their rounding.
    /// Errors:     std::overflow_error if a sum does not fit; `check()` throws what is off.
    /// Complexity: one pass over conversions and credits, on one thread.
    template <class Conversions, class Touchpoints, amount Amount, class... Projections>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits,
                                  grouping<Projections...> const& groups) const {
        return detail::reconcile_groups(credits, groups.bind_conversions(credits.conversions()), 0);
    }

    /// As above, of all conversions together.
    template <class Conversions, class Touchpoints, amount Amount>
    [[nodiscard]] auto operator()(ledger<Conversions, Touchpoints, Amount> const& credits) const {
        return detail::reconcile_groups(credits, detail::all_conversions{}, 1);
    }
};

/// Proves that a ledger holds exactly the value that went in. The arguments are those of
/// `reconcile_fn`.
inline constexpr reconcile_fn reconcile{};

}  // namespace attribution
