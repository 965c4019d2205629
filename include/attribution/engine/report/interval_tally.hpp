// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/report/bucket_tally.hpp>
#include <attribution/engine/report/currencies.hpp>
#include <attribution/engine/report/resampling.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/report/bootstrap.hpp>
#include <attribution/report/interval_cell.hpp>
#include <attribution/report/report.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Adds up credits by group and by bucket of customers, and makes intervals of the sums. A commutative
/// monoid: what is drawn are buckets, at the end, so nothing is drawn while credits are added.
///
/// Errors: if anything is thrown while a credit is added or a tally is merged, the tally is unchanged.
template <class Groups, class Conversions, std::size_t Models>
class interval_tally {
  public:
    using amount_type = typename Groups::amount_type;
    using portion = typename Groups::portion;
    using cells_type = typename Groups::cells_type;
    using cell_type = interval_cell<amount_type>;
    using key_type = typename Groups::key_type;
    using value_tuple = typename Groups::value_tuple;
    using row_type =
        std::conditional_t<Models == 1,
                           report_row<key_type, amount_type, cell_type, typename Groups::currency>,
                           comparison_row<key_type, amount_type, (Models > 1 ? Models : 2),
                                          cell_type, typename Groups::currency>>;
    using key_tuple = decltype(std::tuple_cat(std::declval<typename Groups::key_tuple>(),
                                              std::declval<std::tuple<customer_bucket>>()));

    using number = typename bucket_tally<amount_type>::number;

    /// What a replicate gives a group, by model.
    struct drawn_group {
        key_type key;
        bool attributed;
        std::array<number, Models> sums;
    };
    struct drawn_sums {
        std::vector<drawn_group> groups{};  // in the order of reports
        std::array<number, Models> totals{};
    };

    interval_tally(Groups groups, Conversions c, bootstrap how)
        : groups_{std::move(groups)}, buckets_{std::move(c)}, how_{how}, rank_{how.rank()} {}

    /// Adds a credit that the model with that number gave. Errors: as for `by`.
    void operator()(credit<amount_type> const& earned, std::size_t model = 0) {
        groups_.check(earned);
        add(place_of(earned.conversion, earned.touchpoint), portion{earned.amount, earned.share},
            model);
    }

    /// The bucket of a credit is that of its conversion.
    static constexpr bool by_touchpoint = false;

    std::size_t place_of(std::size_t conversion, std::size_t touchpoint) {
        return place_in(groups_.place_of(conversion, touchpoint), buckets_(conversion));
    }
    void prefetch(std::size_t touchpoint) const { groups_.prefetch(touchpoint); }
    void add(std::size_t place, portion const& one, std::size_t model) {
        cells_[place][model].add(one);
    }
    void add(std::size_t place, portion_sum const& sum, std::size_t model) {
        cells_[place][model].add(sum);
    }

    void merge(interval_tally const& other) {
        std::vector<std::pair<std::size_t, own_cells const*>> added;
        for (std::size_t group = 0; group < other.groups_.places(); ++group) {
            auto const place = groups_.place_of(other.groups_, group);
            other.for_each_bucket(group, [&](std::uint32_t bucket, own_cells const& cells) {
                added.emplace_back(place_in(place, bucket), &cells);
            });
        }
        merge_all(added);
    }

    /// As a tally by the groups and the buckets, it can be sent as bytes.
    static constexpr bool always_unattributed = false;

    template <class Visit>
    void for_each_group(Visit visit) const {
        for (std::size_t group = 0; group < groups_.places(); ++group)
            for_each_bucket(group, [&](std::uint32_t bucket, own_cells const& cells) {
                cells_type whole{};
                for (std::size_t model = 0; model < Models; ++model)
                    whole[model] = cells[model].whole();
                visit(std::tuple_cat(groups_.keys(group), std::tuple{customer_bucket{bucket}}),
                      groups_.attributed(group), whole);
            });
    }

    static bool has_group(key_tuple const& key, bool attributed, cells_type const& cells) {
        return std::get<customer_bucket>(key).number < customer_bucket::count &&
               any_credits(cells) && Groups::has_group(without_bucket(key), attributed, cells);
    }

    template <class Parts>
    void merge_groups(Parts const& parts) {
        std::vector<std::pair<std::size_t, cells_type const*>> added;
        for (auto const& [key, attributed, cells] : parts)
            added.emplace_back(place_in(groups_.place_of(without_bucket(key), attributed),
                                        std::get<customer_bucket>(key).number),
                               &cells);
        merge_all(added);
    }

    /// How many replicates there are, and whom one of them draws.
    [[nodiscard]] std::size_t replicates() const { return how_.replicates; }
    [[nodiscard]] bucket_draws draws(std::size_t replicate) const {
        return detail::drawn_buckets(how_.seed, replicate);
    }

    /// The sums of one replicate.
    [[nodiscard]] drawn_sums drawn(bucket_draws const& draws) const {
        some_draws<number, 1> often(draws.size());
        for (std::size_t bucket = 0; bucket < draws.size(); ++bucket)
            often[bucket][0] = draws[bucket];
        drawn_sums sums;
        for (auto const group : ordered_groups()) {
            auto& one = sums.groups.emplace_back(
                drawn_group{groups_.key(group), groups_.attributed(group), {}});
            for (std::size_t model = 0; model < Models; ++model) {
                one.sums[model] = sums_of(group, model).template of<1>(often).front();
                sums.totals[model] += one.sums[model];
            }
        }
        return sums;
    }
    /// Takes the sums of all replicates, where their credits are not these ones, drawn: other models
    /// gave them.
    void take(std::vector<drawn_sums> replicates) { refits_ = std::move(replicates); }

    /// Complexity: O(replicates * (buckets with credits of all groups)), whatever the number of
    ///             credits.
    [[nodiscard]] report<row_type> finish() const {
        auto const groups = ordered_groups();
        std::vector<std::array<cell_type, Models>> cells(groups.size());
        for (std::size_t model = 0; model < Models; ++model)
            estimate(groups, model, cells);
        std::vector<row_type> rows;
        rows.reserve(groups.size());
        for (std::size_t i = 0; i < groups.size(); ++i)
            rows.push_back(
                row_type{groups_.key(groups[i]), groups_.attributed(groups[i]), cells[i]});
        return report<row_type>{std::move(rows)};
    }

  private:
    static constexpr std::size_t buckets = customer_bucket::count;
    // So many replicates at a time: as many sums as fit into registers.
    static constexpr std::size_t at_once = std::floating_point<amount_type> ? 16 : 8;
    using own_cells = std::array<bucket_tally<amount_type>, Models>;

    template <class Cells>
    static bool any_credits(Cells const& cells) {
        return std::any_of(cells.begin(), cells.end(),
                           [](auto const& one) { return !one.empty(); });
    }

    static typename Groups::key_tuple without_bucket(key_tuple const& key) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return typename Groups::key_tuple{std::get<I>(key)...};
        }
        (std::make_index_sequence<std::tuple_size_v<key_tuple> - 1>{});
    }

    std::size_t place_in(std::size_t group, std::uint32_t bucket) {
        auto const at = group * buckets + bucket;
        if (at >= places_.size()) [[unlikely]]
            places_.resize((group + 1) * buckets, 0);
        if (places_[at] == 0) [[unlikely]] {
            if (cells_.size() >= std::numeric_limits<std::uint32_t>::max())
                throw std::overflow_error{"with_intervals: there are too many groups"};
            cells_.push_back({});
            places_[at] = static_cast<std::uint32_t>(cells_.size());
        }
        return places_[at] - std::size_t{1};
    }

    /// Visits the buckets of a group that have credits, ascending.
    template <class Visit>
    void for_each_bucket(std::size_t group, Visit visit) const {
        auto const first = group * buckets;
        for (std::size_t i = 0; i < buckets && first + i < places_.size(); ++i)
            if (auto const place = places_[first + i]; place != 0)
                if (auto const& cells = cells_[place - 1]; any_credits(cells))
                    visit(static_cast<std::uint32_t>(i), cells);
    }

    template <class Cells>
    void merge_all(std::vector<std::pair<std::size_t, Cells const*>> const& added) {
        for (auto const& [place, cells] : added)
            for (std::size_t model = 0; model < Models; ++model)
                cells_[place][model].check_merge((*cells)[model]);
        for (auto const& [place, cells] : added)
            for (std::size_t model = 0; model < Models; ++model)
                cells_[place][model].merge((*cells)[model]);
    }

    /// The groups that the report has, in its order, so that floating sums over groups are added in an
    /// order that does not depend on that of the credits.
    [[nodiscard]] std::vector<std::size_t> ordered_groups() const {
        std::vector<std::size_t> found;
        for (std::size_t group = 0; group < groups_.places(); ++group) {
            bool any = Groups::always_unattributed && !groups_.attributed(group);
            for_each_bucket(group, [&](std::uint32_t, own_cells const&) { any = true; });
            if (any)
                found.push_back(group);
        }
        std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
            return precedes(groups_.attributed(a), groups_.key(a), groups_.attributed(b),
                            groups_.key(b));
        });
        return found;
    }
    static bool precedes(bool a_attributed, key_type const& a, bool b_attributed,
                         key_type const& b) {
        return a_attributed != b_attributed ? a_attributed : detail::comes_before(a, b);
    }

    [[nodiscard]] bucket_sums<number> sums_of(std::size_t group, std::size_t model) const {
        bucket_sums<number> sums;
        for_each_bucket(group, [&](std::uint32_t bucket, own_cells const& one) {
            sums.add(bucket, one[model].sum());
        });
        return sums;
    }

    /// What a group has in a replicate that other models credited.
    [[nodiscard]] number refitted(drawn_sums const& sums, std::size_t group,
                                  std::size_t model) const {
        auto const key = groups_.key(group);
        auto const attributed = groups_.attributed(group);
        auto const found = std::lower_bound(
            sums.groups.begin(), sums.groups.end(), key, [&](drawn_group const& one, auto const&) {
                return precedes(one.attributed, one.key, attributed, key);
            });
        bool const there =
            found != sums.groups.end() && !precedes(attributed, key, found->attributed, found->key);
        return there ? found->sums[model] : number{};
    }

    static amount_type amount_of(number const& sum) {
        if constexpr (std::floating_point<amount_type>) {
            auto const narrow = static_cast<amount_type>(sum);
            if (!detail::is_finite(static_cast<double>(narrow)))
                throw std::overflow_error{
                    "with_intervals: the end of an interval is too large for its type"};
            return narrow;
        } else {
            return running_total<amount_type>::from_sum(sum).value();
        }
    }

    static double share_of(number const& part, number const& whole) {
        return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    }

    /// Shares are of all value in a currency, which this numbers. `found` has a key of each.
    static std::size_t currency_number(key_type const& key, std::vector<key_type>& found) {
        using currency = typename Groups::currency;
        if constexpr (some_currency<currency>) {
            std::size_t place = 0;
            while (place < found.size() &&
                   !detail::same_currency(currency::in(found[place]), currency::in(key)))
                ++place;
            if (place == found.size())
                found.push_back(key);
            return place;
        } else {
            return 0;
        }
    }

    /// All value in a replicate that other models credited, by currency.
    void refitted_wholes(drawn_sums const& sums, std::size_t model, std::vector<key_type>& found,
                         std::vector<number>& wholes) const {
        if constexpr (some_currency<typename Groups::currency>) {
            for (auto const& one : sums.groups) {
                auto const place = currency_number(one.key, found);
                wholes.resize(std::max(wholes.size(), place + 1));
                wholes[place] += one.sums[model];
            }
        } else {
            wholes.front() = sums.totals[model];
        }
    }

    void estimate(std::vector<std::size_t> const& groups, std::size_t model,
                  std::vector<std::array<cell_type, Models>>& cells) const {
        std::vector<bucket_sums<number>> sums(groups.size());
        std::vector<number> totals;
        std::vector<key_type> found;
        std::vector<std::size_t> currencies;
        std::vector<bucket_tally<amount_type>> all(1);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            bucket_tally<amount_type> whole;
            for_each_bucket(groups[i], [&](std::uint32_t bucket, own_cells const& one) {
                whole.check_merge(one[model]);
                whole.merge(one[model]);
                sums[i].add(bucket, one[model].sum());
            });
            static_cast<cell<amount_type>&>(cells[i][model]) = whole.whole().finish();
            totals.push_back(whole.sum());
            currencies.push_back(currency_number(groups_.key(groups[i]), found));
            all.resize(std::max(all.size(), currencies[i] + 1));
            all[currencies[i]].merge(whole);
        }

        std::vector<std::vector<number>> replicates(groups.size());
        std::vector<std::vector<double>> shares(groups.size());
        std::vector<std::array<number, at_once>> drawn(groups.size());  // in at_once replicates
        for (std::size_t r = 0; r < how_.replicates; ++r) {
            auto const own = r % at_once;
            if (own == 0 && refits_.empty()) {
                some_draws<number, at_once> often(buckets);
                for (std::size_t next = 0; next < at_once; ++next)
                    detail::for_each_draw(how_.seed, r + next,
                                          [&](std::size_t bucket) { ++often[bucket][next]; });
                for (std::size_t i = 0; i < groups.size(); ++i)
                    drawn[i] = sums[i].template of<at_once>(often);
            }
            std::vector<number> wholes(all.size(), number{});
            if (refits_.empty()) {
                for (std::size_t i = 0; i < groups.size(); ++i)
                    wholes[currencies[i]] += drawn[i][own];
            } else {
                for (std::size_t i = 0; i < groups.size(); ++i)
                    drawn[i][own] = refitted(refits_[r], groups[i], model);
                refitted_wholes(refits_[r], model, found, wholes);
            }
            for (std::size_t i = 0; i < groups.size(); ++i) {
                replicates[i].push_back(drawn[i][own]);
                shares[i].push_back(share_of(drawn[i][own], wholes[currencies[i]]));
            }
        }
        for (std::size_t i = 0; i < groups.size(); ++i) {
            auto& one = cells[i][model];
            auto const amounts = detail::ends_of(std::move(replicates[i]), rank_);
            one.low = amount_of(amounts.low);
            one.high = amount_of(amounts.high);
            one.share = share_of(totals[i], all[currencies[i]].sum());
            one.share_error = detail::deviation_of(shares[i]);
            auto const ends = detail::ends_of(std::move(shares[i]), rank_);
            one.share_low = ends.low;
            one.share_high = ends.high;
        }
    }

    Groups groups_;
    customer_buckets<Conversions> buckets_;
    bootstrap how_;
    std::size_t rank_;
    std::vector<std::uint32_t>
        places_;  // by group and bucket: 1 + the place of its cells, 0 if none
    std::vector<own_cells> cells_;
    std::vector<drawn_sums> refits_;  // by replicate; empty if the credits are to be drawn
};

}  // namespace attribution::detail
