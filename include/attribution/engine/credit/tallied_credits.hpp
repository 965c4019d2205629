// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/credit/equal_credits.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/numeric/stretch_sums.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>

namespace attribution::inline v0_1::detail {

/// What a sink that adds up must have to take portions instead of credits.
template <class Tally>
concept takes_portions = requires(Tally& tally, typename Tally::portion const& one,
                                  portion_sum const& sum, std::size_t number) {
    { tally.place_of(number, number) } -> std::same_as<std::size_t>;
    tally.prefetch(number);
    tally.add(number, one, number);
    tally.add(number, sum, number);
    { Tally::by_touchpoint } -> std::convertible_to<bool>;
};

/// Adds credits up in a tally. Equal credits are prepared once, several models look up a touchpoint's
/// place once if that takes more than reading it, and the credits of many neighbours are gathered, so
/// that a customer with overlapping windows costs no more than the touchpoints and conversions
/// themselves.
template <class Amount, takes_portions Tally, std::size_t Models>
class tallied_credits {
    using portion = typename Tally::portion;

  public:
    constexpr explicit tallied_credits(Tally& tally) : tally_{&tally} {}

    constexpr void prefetch(std::size_t touchpoint) const { tally_->prefetch(touchpoint); }

    constexpr void begin(std::size_t) {
        if constexpr (keeps_places)
            known_ = 0;
    }

    ATTRIBUTION_OUT_OF_LINE constexpr void one(credit<Amount> const& earned, std::size_t model) {
        auto const at = tally_->place_of(earned.conversion, earned.touchpoint);
        tally_->add(at, portion{earned.amount, earned.share}, model);
    }

    ATTRIBUTION_INLINE constexpr void one_of_all(credit<Amount> const& earned) {
        auto const place = tally_->place_of(earned.conversion, earned.touchpoint);
        auto const same = prepared(earned.amount, earned.share);
        if (Models > 1 && !same.amount.whole()) [[unlikely]] {  // asked once, not by each addition
            for (std::size_t model = 0; model < Models; ++model)
                one(earned, model);
            return;
        }
        if constexpr (requires { tally_->add_of_all(place, same); })
            tally_->add_of_all(place, same);
        else
            for (std::size_t model = 0; model < Models; ++model)
                tally_->add(place, same, model);
    }

    ATTRIBUTION_INLINE constexpr void step(std::size_t i, credit<Amount> const& earned,
                                           std::size_t model) {
        auto const at = place(i, earned.conversion, earned.touchpoint);
        tally_->add(at, prepared(earned.amount, earned.share), model);
    }

    template <class RowOf>
    ATTRIBUTION_INLINE constexpr void equal(std::size_t conversion,
                                            equal_credits<Amount> const& all, RowOf row_of,
                                            std::size_t model) {
        auto const one = prepared(all.amount, all.share);
        for (auto i = all.first, last = all.first + all.length; i < last; ++i)
            tally_->add(place(i, conversion, row_of(i)), one, model);
    }

    template <class RowAt>
    ATTRIBUTION_INLINE constexpr void equal_at(std::size_t begin, std::size_t conversion,
                                               equal_credits<Amount> const& all, RowAt row_at,
                                               std::size_t model) {
        if (all.length == 1)
            step(all.first,
                 credit<Amount>{conversion, row_at(begin + all.first), all.amount, all.share},
                 model);
        else
            several_at(begin + all.first, all.length, conversion, all.amount, all.share, row_at,
                       model, begin);
    }

    template <class RowAt>
    constexpr void finish(RowAt row_at) {
        if constexpr (Tally::by_touchpoint)
            for (std::size_t model = 0; model < Models; ++model)
                empty(row_at, model);
    }

  private:
    static constexpr std::size_t worth_gathering = 24;
    static constexpr bool keeps_places = Models > 1 && !requires {
        requires Tally::finds_places_at_once;
    };

    /// Models give no negative shares.
    ATTRIBUTION_INLINE static constexpr portion prepared(Amount const& amount, double share) {
        portion const one{amount, share};
        ATTRIBUTION_ASSUME(one.share >= 0);
        return one;
    }

    ATTRIBUTION_INLINE constexpr std::size_t place(std::size_t i, std::size_t conversion,
                                                   std::size_t touchpoint) {
        if constexpr (keeps_places)
            if (i < known_)
                return places_[i];
        ATTRIBUTION_ASSUME(touchpoint != no_row);
        auto const found = tally_->place_of(conversion, touchpoint);
        if constexpr (keeps_places)
            if (i == known_ && i < places_.size())
                places_[known_++] = found;
        return found;
    }

    /// Its arguments fit into registers, except the last, which is rarely used.
    template <class RowAt>
    ATTRIBUTION_OUT_OF_LINE constexpr void
    several_at(std::size_t first, std::size_t length, std::size_t conversion, Amount amount,
               double share, RowAt row_at, std::size_t model, [[maybe_unused]] std::size_t begin) {
        auto const same = prepared(amount, share);
        auto const last = first + length;
        if (!same.amount.whole()) [[unlikely]] {  // asked once, not for each credit
            for (auto position = first; position < last; ++position)
                one(credit<Amount>{conversion, row_at(position), amount, share}, model);
            return;
        }
        if constexpr (Tally::by_touchpoint)
            if (length >= worth_gathering) [[unlikely]] {
                gather(first, last, row_at, {same.amount.units(), same.share, 1}, model);
                return;
            }
        for (auto position = first; position < last; ++position)
            tally_->add(place(position - begin, conversion, row_at(position)), same, model);
    }
    template <class RowAt>
    ATTRIBUTION_OUT_OF_LINE constexpr void gather(std::size_t first, std::size_t last, RowAt row_at,
                                                  portion_sum one, std::size_t model) {
        auto& gathered = gathered_[model];
        if (!gathered.takes(first, one))
            empty(row_at, model);
        else if (gathered.mostly_before(first)) [[unlikely]]
            empty(row_at, model, first);
        gathered.add(first, last, one);
    }

    template <class RowAt>
    constexpr void empty(RowAt row_at, std::size_t model, std::size_t end = no_row) {
        gathered_[model].empty_into(
            [&](std::size_t position, portion_sum const& sum) {
                tally_->add(tally_->place_of(no_row, row_at(position)), sum, model);
            },
            end);
    }

    Tally* tally_;
    std::array<std::size_t, keeps_places ? 64 : 0> places_{};  // of the path's touchpoints
    std::size_t known_ = 0;  // how many of them, the first ones, have been looked up
    std::array<stretch_sums<portion_sum, buffer<stretch_change>>, Models> gathered_;
};

}  // namespace attribution::detail
