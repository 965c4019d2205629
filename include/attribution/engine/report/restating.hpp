// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/report/bound_dimension.hpp>
#include <attribution/engine/report/matching_rows.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/report/restatement.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Compares two ledgers conversion by conversion, and books what moved by group and reason.
template <class Before, class After, class SaleId, class TouchId, class Group>
class restating {
    using amount_type = typename Before::amount_type;
    using touch_reference = decltype(std::declval<Before const&>().touchpoints()[0]);
    using key_type = group_value<std::invoke_result_t<Group const&, touch_reference>>;

  public:
    using row_type = restatement_row<key_type, amount_type>;

    restating(Before const& before, After const& after, SaleId const& sale_id,
              TouchId const& touch_id, Group const& group)
        : before_{before}, after_{after}, group_{group}, sales_{match_rows(before.conversions(),
                                                                           after.conversions(),
                                                                           sale_id, "conversion")},
          touches_{match_rows(before.touchpoints(), after.touchpoints(), touch_id, "touchpoint")} {
        groups();
        customers();
    }

    restatement<row_type> operator()() {
        auto const had = cells_of(before_, [&](std::size_t row) {
            return touches_.after_of[row] != no_row ? touches_.after_of[row]
                                                    : after_.touchpoints().size() + row;
        });
        auto const has = cells_of(after_, [](std::size_t row) { return row; });
        for (std::size_t row = 0; row < has.size(); ++row) {
            auto const old = sales_.before_of[row];
            if (old == no_row)
                for (auto const& one : has[row])
                    move(group_after(one.touch), move_reason::new_conversion, one.units);
            else
                compare(old, row, had[old], has[row]);
            ++current_;
        }
        for (std::size_t row = 0; row < had.size(); ++row, ++current_)
            if (sales_.after_of[row] == no_row)
                for (auto const& one : had[row])
                    move(group_before(one.touch), move_reason::removed_conversion, -one.units);
        return restatement<row_type>{rows()};
    }

  private:
    /// What one touchpoint has of one conversion. Touchpoints are named by their row after, those
    /// that are gone by numbers above all rows.
    struct cell {
        std::size_t touch;
        int128 units;
        double share;
    };
    using cells = std::vector<cell>;
    struct pair {
        std::size_t touch;
        int128 had, has;
        double had_share, has_share;
    };
    struct booked {
        int128 units = 0;
        std::size_t conversions = 0;
        std::size_t last = no_row;
    };

    template <class Ledger, class Name>
    static std::vector<cells> cells_of(Ledger const& credits, Name name) {
        std::vector<cells> all(credits.conversions().size());
        for (auto const& one : credits) {
            if (one.conversion >= all.size() ||
                (one.attributed() && one.touchpoint >= credits.touchpoints().size()))
                throw std::invalid_argument{"difference: a credit names row " +
                                            std::to_string(one.conversion) +
                                            " or a touchpoint that does not exist"};
            all[one.conversion].push_back({one.attributed() ? name(one.touchpoint) : no_row,
                                           units_of<amount_type>::count(one.amount),
                                           std::max(one.share, 0.0)});
        }
        for (auto& of : all) {
            std::stable_sort(of.begin(), of.end(),
                             [](cell const& a, cell const& b) { return a.touch < b.touch; });
            cells sums;
            for (auto const& one : of)
                if (!sums.empty() && sums.back().touch == one.touch) {
                    sums.back().units += one.units;
                    sums.back().share += one.share;
                } else {
                    sums.push_back(one);
                }
            of = std::move(sums);
        }
        return all;
    }

    static std::vector<pair> paired(cells const& had, cells const& has) {
        std::vector<pair> all;
        auto b = had.begin();
        auto a = has.begin();
        while (b != had.end() || a != has.end()) {
            bool const old = b != had.end() && (a == has.end() || b->touch <= a->touch);
            bool const fresh = a != has.end() && (b == had.end() || a->touch <= b->touch);
            all.push_back({old ? b->touch : a->touch, old ? b->units : 0, fresh ? a->units : 0,
                           old ? b->share : 0, fresh ? a->share : 0});
            b += old ? 1 : 0;
            a += fresh ? 1 : 0;
        }
        return all;
    }

    /// First the value changes, by the shares there were; what is left has moved.
    void compare(std::size_t old, std::size_t row, cells const& had, cells const& has) {
        auto const all = paired(had, has);
        auto const corrected = value(after_, row) - value(before_, old);
        auto const refunded = changes_after_[row] - changes_before_[old];
        bool const same_shares = std::all_of(all.begin(), all.end(), [](pair const& one) {
            return !(one.had_share < one.has_share) && !(one.has_share < one.had_share);
        });
        auto by_value = spread(corrected, all);
        auto by_refund = spread(refunded, all);
        // The same path and weights: what a rounding gave to another one belongs to the same reason.
        if (same_shares && (corrected != 0) != (refunded != 0))
            for (std::size_t i = 0; i < all.size(); ++i)
                (corrected != 0 ? by_value : by_refund)[i] = all[i].has - all[i].had;
        auto const why = reason_of(sale_customers_[row]);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const& one = all[i];
            auto const from = group_before(one.touch);
            auto const to = group_after(one.touch);
            auto const home = from != unknown ? from : to;
            move(home, move_reason::corrected_value, by_value[i]);
            move(home, move_reason::refund, by_refund[i]);
            move(home, why, one.has - one.had - by_value[i] - by_refund[i]);
            if (home != to && to != unknown) {
                move(home, move_reason::changed_record, -one.has);
                move(to, move_reason::changed_record, one.has);
            }
        }
    }

    /// By the shares there were; units left over go to the earlier touchpoint, as in `attribute`.
    [[nodiscard]] std::vector<int128> spread(int128 units, std::vector<pair> const& all) const {
        std::vector<int128> parts(all.size(), 0);
        if (units == 0)
            return parts;
        if (!representable<std::int64_t>(units))
            throw std::overflow_error{"difference: by how much a conversion's value changed does "
                                      "not fit into 64 bits"};
        std::vector<std::size_t> path;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].had_share > 0)
                path.push_back(i);
        std::sort(path.begin(), path.end(), [&](std::size_t a, std::size_t b) {
            auto const one = row_before(all[a].touch);
            auto const other = row_before(all[b].touch);
            if (one == no_row || other == no_row)
                return one < other;
            auto const at = before_.touchpoints().time(one);
            auto const then = before_.touchpoints().time(other);
            return at < then || (!(then < at) && one < other);
        });
        std::vector<double> shares;
        for (auto const i : path)
            shares.push_back(all[i].had_share);
        auto const split = attribution::allocate(static_cast<std::int64_t>(units), shares);
        for (std::size_t i = 0; i < path.size(); ++i)
            parts[path[i]] = split[i];
        return parts;
    }

    template <class Ledger>
    static int128 value(Ledger const& credits, std::size_t row) {
        return int128{units_of<amount_type>::count(credits.conversions().value(row))};
    }
    template <class Ledger>
    static std::vector<int128> changes_of(Ledger const& credits) {
        std::vector<int128> all(credits.conversions().size(), 0);
        for (auto const& one : credits.changes())
            all.at(one.conversion) += units_of<amount_type>::count(one.amount);
        return all;
    }

    /// What happened to the records of each customer, from the records of both ledgers.
    void customers() {
        using conversions = std::remove_cvref_t<decltype(before_.conversions())>;
        using touchpoints = std::remove_cvref_t<decltype(before_.touchpoints())>;
        using probe = common_key_of<conversions, touchpoints>;
        interner<stored_for<probe>, probe> numbers;
        auto const numbered = [&](auto const& records) {
            std::vector<std::size_t> all;
            for (std::size_t row = 0; row < records.size(); ++row) {
                decltype(auto) key = records.key(row);
                all.push_back(is_missing(key) ? no_row : numbers(probe(value_in(key))));
            }
            events_.resize(numbers.size());
            return all;
        };
        auto const touches_before = numbered(before_.touchpoints());
        auto const touches_after = numbered(after_.touchpoints());
        auto const sales_before = numbered(before_.conversions());
        sale_customers_ = numbered(after_.conversions());
        for (std::size_t row = 0; row < groups_after_.size(); ++row)
            if (auto const old = touches_.before_of[row];
                old != no_row && groups_before_[old] != groups_after_[row])
                happened(touches_after[row], move_reason::changed_record);
        note(before_.touchpoints(), after_.touchpoints(), touches_, touches_before, touches_after,
             move_reason::late_touchpoint, move_reason::removed_touchpoint);
        note(before_.conversions(), after_.conversions(), sales_, sales_before, sale_customers_,
             move_reason::new_conversion, move_reason::removed_conversion);
    }
    template <class Old, class New>
    void note(Old const& before, New const& after, matching_rows const& rows,
              std::vector<std::size_t> const& customers_before,
              std::vector<std::size_t> const& customers_after, move_reason came, move_reason gone) {
        for (std::size_t row = 0; row < after.size(); ++row) {
            auto const old = rows.before_of[row];
            if (old == no_row) {
                happened(customers_after[row], came);
            } else if (customers_before[old] != customers_after[row]) {
                happened(customers_before[old], move_reason::merged_identity);
                happened(customers_after[row], move_reason::merged_identity);
            } else if (before.time(old) != after.time(row)) {
                happened(customers_after[row], move_reason::changed_record);
            }
        }
        for (std::size_t row = 0; row < before.size(); ++row)
            if (rows.after_of[row] == no_row)
                happened(customers_before[row], gone);
    }
    void happened(std::size_t customer, move_reason what) {
        if (customer != no_row)
            events_[customer][static_cast<std::size_t>(what)] = true;
    }
    [[nodiscard]] move_reason reason_of(std::size_t customer) const {
        using enum move_reason;
        if (customer != no_row)
            for (auto const why : {merged_identity, late_touchpoint, removed_touchpoint,
                                   changed_record, new_conversion, removed_conversion})
                if (events_[customer][static_cast<std::size_t>(why)])
                    return why;
        return changed_rules;
    }

    void groups() {
        auto const numbered = [&](auto const& records, char const* what) {
            std::vector<std::size_t> all;
            for (std::size_t row = 0; row < records.size(); ++row) {
                decltype(auto) record = records[row];
                decltype(auto) own = detail::project(group_, record);
                all.push_back(keys_(key_type(probe_of(as_group(own, what, row)))));
            }
            return all;
        };
        groups_before_ =
            numbered(before_.touchpoints(), "difference: the group of touchpoint row ");
        groups_after_ = numbered(after_.touchpoints(), "difference: the group of touchpoint row ");
        unattributed_ = keys_.size();
        booked_.resize(keys_.size() + 1);
        changes_before_ = changes_of(before_);
        changes_after_ = changes_of(after_);
    }
    [[nodiscard]] std::size_t group_after(std::size_t touch) const {
        if (touch == no_row)
            return unattributed_;
        return touch < groups_after_.size() ? groups_after_[touch] : unknown;
    }
    [[nodiscard]] std::size_t group_before(std::size_t touch) const {
        if (touch == no_row)
            return unattributed_;
        auto const row = row_before(touch);
        return row != no_row ? groups_before_[row] : unknown;
    }
    [[nodiscard]] std::size_t row_before(std::size_t touch) const {
        if (touch == no_row)
            return no_row;
        return touch < groups_after_.size() ? touches_.before_of[touch]
                                            : touch - groups_after_.size();
    }

    void move(std::size_t group, move_reason why, int128 units) {
        if (units == 0)
            return;
        auto& one = booked_[group][static_cast<std::size_t>(why)];
        one.units += units;
        if (one.last != current_)
            ++one.conversions;
        one.last = current_;
    }

    [[nodiscard]] std::vector<row_type> rows() const {
        std::vector<std::size_t> order(keys_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return comes_before(keys_[a], keys_[b]); });
        order.push_back(unattributed_);
        std::vector<row_type> all;
        for (auto const group : order)
            for (std::size_t why = 0; why < move_reasons; ++why) {
                auto const& one = booked_[group][why];
                if (one.conversions == 0)
                    continue;
                running_total<amount_type> sum;
                sum.add_units(one.units);
                all.push_back({group == unattributed_ ? std::optional<key_type>{}
                                                      : std::optional<key_type>{keys_[group]},
                               static_cast<move_reason>(why), sum.value(), one.conversions});
            }
        return all;
    }

    static constexpr std::size_t unknown = no_row;

    Before const& before_;
    After const& after_;
    Group const& group_;
    matching_rows sales_;
    matching_rows touches_;
    std::vector<std::array<bool, move_reasons>> events_;  // by customer
    std::vector<std::size_t> sale_customers_;             // by conversion row after
    interner<key_type> keys_;
    std::vector<std::size_t> groups_before_;
    std::vector<std::size_t> groups_after_;
    std::vector<int128> changes_before_;
    std::vector<int128> changes_after_;
    std::size_t unattributed_ = 0;
    std::vector<std::array<booked, move_reasons>> booked_;  // by group
    std::size_t current_ = 0;                               // conversion that is compared
};

}  // namespace attribution::detail
