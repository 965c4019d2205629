// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/report/common_group.hpp>
#include <attribution/engine/report/sorted_rows.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/report/return_on_ad_spend_report.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

template <class Value, class Spend>
inline constexpr bool same_unit =
    (std::integral<Value> && std::integral<Spend>) ||
    (std::floating_point<Value> && std::floating_point<Spend>) || std::same_as<Value, Spend>;

template <class Spend, class Tally>
class spend_tally {
    using credited_channel = std::tuple_element_t<0, typename Tally::value_tuple>;
    using credited_period = std::tuple_element_t<1, typename Tally::value_tuple>;
    static constexpr bool drawing = requires(Tally const& credits) { credits.replicates(); };

  public:
    using amount_type = typename Tally::amount_type;
    using spend_type = typename Spend::value_type;
    using channel_type = common_group<credited_channel, typename Spend::channel_type>;
    using period_type = common_group<credited_period, typename Spend::period_type>;
    using cell_type = typename Tally::cell_type;
    using row_type =
        return_on_ad_spend_row<channel_type, period_type, amount_type, spend_type, cell_type>;

    static_assert(same_unit<amount_type, spend_type>,
                  "attribution: spend and value must be of one unit: both whole numbers, both "
                  "floating-point numbers or the same money");
    static_assert(converts_exactly<channel_type, typename Spend::channel_type> &&
                      converts_exactly<period_type, typename Spend::period_type>,
                  "attribution: the channel and the period of the spend must be of the same types "
                  "as those of the credits; convert them in the projections of spending(...)");

    constexpr spend_tally(Spend spend, Tally credits)
        : spend_{std::move(spend)}, credits_{std::move(credits)} {}

    constexpr void operator()(credit<amount_type> const& earned) { credits_(earned); }
    constexpr void merge(spend_tally const& other) { credits_.merge(other.credits_); }

    /// Only if the credits are drawn, see `draws_customers`.
    [[nodiscard]] auto replicates() const requires drawing { return credits_.replicates(); }
    [[nodiscard]] auto draws(std::size_t replicate) const requires drawing {
        return credits_.draws(replicate);
    }
    template <class Draws>
    [[nodiscard]] auto drawn(Draws const& draws) const requires drawing {
        return credits_.drawn(draws);
    }
    template <class Sums>
    void take(std::vector<Sums> replicates) requires drawing {
        credits_.take(std::move(replicates));
    }

    [[nodiscard]] constexpr return_on_ad_spend_report<row_type> finish() const {
        interner<std::pair<channel_type, period_type>> groups;
        std::vector<row_type> rows;
        std::vector<running_total<spend_type>> spent;
        auto const row_of = [&](channel_type const& channel, period_type const& period) {
            auto const place = groups({channel, period});
            if (place == rows.size()) {
                rows.push_back({});
                rows.back().channel = channel;
                rows.back().period = period;
                spent.push_back({});
            }
            return place;
        };
        std::vector<row_type> nobody;
        for (auto const& earned : credits_.finish()) {
            auto const& [channel, period] = earned.key;
            if (earned.attributed) {
                put(rows[row_of(channel_type(value_of<credited_channel>(channel)),
                                period_type(value_of<credited_period>(period)))],
                    earned);
            } else {
                nobody.push_back({});
                if constexpr (std::same_as<std::remove_cvref_t<decltype(period)>, credited_period>)
                    nobody.back().period = period;  // the conversion's period
                put(nobody.back(), earned);
            }
        }
        for (std::size_t i = 0; i < spend_.size(); ++i) {
            auto const amount = spend_.amount(i);
            if constexpr (std::floating_point<spend_type>)
                if (!is_finite(static_cast<double>(amount)))
                    throw std::domain_error{"return_on_ad_spend: the spend in row " +
                                            std::to_string(i) + " is not a finite number"};
            auto const place =
                row_of(exactly<channel_type>(spend_.channel(i),
                                             "return_on_ad_spend: the channel of spend row ", i),
                       exactly<period_type>(spend_.period(i),
                                            "return_on_ad_spend: the period of spend row ", i));
            spent[place].add(amount);
            ++rows[place].spend_rows;
        }
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].spend = spent[i].value();
        rows = detail::sorted_rows(std::move(rows), [](row_type const& a, row_type const& b) {
            return detail::comes_before(std::tie(a.channel, a.period),
                                        std::tie(b.channel, b.period));
        });
        rows.insert(rows.end(), nobody.begin(), nobody.end());
        return return_on_ad_spend_report<row_type>{std::move(rows)};
    }

  private:
    /// The value in a key. Keys of touchpoints' projections are optional, and empty in unattributed
    /// rows.
    template <class Value, class Key>
    static constexpr Value const& value_of(Key const& key) {
        if constexpr (std::same_as<Key, Value>)
            return key;
        else
            return *key;
    }

    static constexpr void put(row_type& row, cell_type const& earned) {
        static_cast<cell_type&>(row) = earned;
    }

    Spend spend_;
    Tally credits_;
};

}  // namespace attribution::detail
