// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/report/balance.hpp>
#include <attribution/engine/report/sorted_rows.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/report/reconciliation.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The only group: all conversions.
struct all_conversions {
    using key_type = char;
    constexpr std::size_t operator()(std::size_t) const { return 0; }
    constexpr key_type key(std::size_t) const { return 0; }
};

/// Adds up what came in and what became of it, by group and by conversion.
template <class Ledger, class Groups>
class reconciling {
    using amount_type = typename Ledger::amount_type;
    using row_type = reconciliation_row<typename Groups::key_type, amount_type>;

  public:
    /// `group_of` numbers the groups; `groups` is the least number of groups.
    reconciling(Ledger const& credits, Groups group_of, std::size_t groups)
        : credits_{credits}, groups_{std::move(group_of)}, accounts_(credits.conversions().size()),
          totals_(groups) {}

    reconciliation<row_type> operator()() && {
        add_conversions();
        add_changes();
        for (auto const& one : credits_)
            add(one);
        for (std::size_t row = 0; row < accounts_.size(); ++row)
            check(row);
        return {rows(), std::move(problems_)};
    }

  private:
    /// What is left of a conversion's value.
    struct account {
        balance<amount_type> left;
        double size = 0;
        bool attributed = false;
        bool unattributed = false;
        std::size_t group = 0;
    };
    struct total {
        running_total<amount_type> value_in, credited, unattributed;
        balance<amount_type> difference;
        std::size_t conversions = 0;
    };

    void add_conversions() {
        for (std::size_t row = 0; row < accounts_.size(); ++row) {
            auto const group = accounts_[row].group = groups_(row);
            if (group == totals_.size())
                totals_.push_back({});
            ++totals_[group].conversions;
            came_in(row, credits_.conversions().value(row));
        }
    }

    void add_changes() {
        for (auto const& change : credits_.changes())
            if (change.conversion < accounts_.size())
                came_in(change.conversion, change.amount);
            else
                problems_.push_back("a change of value names conversion row " +
                                    std::to_string(change.conversion) + ", which does not exist");
    }

    void came_in(std::size_t row, amount_type const& value) {
        if (!is_finite_amount(value)) {
            problems_.push_back("a value of conversion row " + std::to_string(row) +
                                " is not a finite number");
            return;
        }
        auto& to = accounts_[row];
        totals_[to.group].value_in.add(value);
        totals_[to.group].difference.add(value);
        to.left.add(value);
        to.size += size_of(value);
    }

    void add(credit<amount_type> const& one) {
        if (one.conversion >= accounts_.size() ||
            (one.attributed() && one.touchpoint >= credits_.touchpoints().size())) {
            problems_.push_back("a credit names conversion row " + std::to_string(one.conversion) +
                                " and touchpoint row " + std::to_string(one.touchpoint) +
                                ", which do not exist");
            return;
        }
        if (!is_finite_amount(one.amount)) {
            problems_.push_back("a credit of conversion row " + std::to_string(one.conversion) +
                                " is not a finite number");
            return;
        }
        auto& from = accounts_[one.conversion];
        from.left.subtract(one.amount);
        if (one.share > 0)  // what was taken back may be more than was attributed
            (one.attributed() ? from.attributed : from.unattributed) = true;
        auto& sum = totals_[from.group];
        (one.attributed() ? sum.credited : sum.unattributed).add(one.amount);
        sum.difference.subtract(one.amount);
    }

    void check(std::size_t row) {
        auto const& one = accounts_[row];
        auto const name = "conversion row " + std::to_string(row);
        if (!one.attributed && !one.unattributed)
            problems_.push_back(name + " has no credit, not even an unattributed one");
        else if (one.attributed && one.unattributed)
            problems_.push_back(name + " is attributed and unattributed at once");
        else if (!one.left.is_even(one.size))
            problems_.push_back("the credits of " + name + " do not add up to its value");
    }

    std::vector<row_type> rows() const {
        std::vector<row_type> rows;
        rows.reserve(totals_.size());
        for (std::size_t i = 0; i < totals_.size(); ++i)
            rows.push_back({groups_.key(i), totals_[i].conversions, totals_[i].value_in.value(),
                            totals_[i].credited.value(), totals_[i].unattributed.value(),
                            totals_[i].difference.amount()});
        return detail::sorted_rows(std::move(rows), [](row_type const& a, row_type const& b) {
            return detail::comes_before(a.key, b.key);
        });
    }

    Ledger const& credits_;
    Groups groups_;
    std::vector<account> accounts_;
    std::vector<total> totals_;
    std::vector<std::string> problems_;
};

template <class Ledger, class Groups>
auto reconcile_groups(Ledger const& credits, Groups group_of, std::size_t groups) {
    return reconciling<Ledger, Groups>{credits, std::move(group_of), groups}();
}

}  // namespace attribution::detail
