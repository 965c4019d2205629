// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/all_or_nothing.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/stream/live_counts.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Two ordered lists that become one: everything that may throw comes before `take`.
template <class T>
class gathered {
  public:
    /// `compare(a, b)` is negative if `a`, from `into`, comes first; positive if `b` does; 0 if both are one
    /// record.
    template <class Compare>
    gathered(std::vector<T>& into, std::vector<T>& from, Compare compare) {
        order_.reserve(into.size() + from.size());
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < into.size() || j < from.size()) {
            auto const which = j == from.size()   ? -1
                               : i == into.size() ? 1
                                                  : compare(into[i], from[j]);
            if (which == 0) {
                order_.push_back(&into[i]);
                ++i, ++j, ++repeated_;
            } else {
                order_.push_back(which < 0 ? &into[i++] : &from[j++]);
            }
        }
        all_.reserve(order_.size());
        if constexpr (!shifts_safely<T>)
            for (auto const* const one : order_)
                all_.push_back(*one);
    }

    [[nodiscard]] std::size_t size() const { return order_.size(); }
    [[nodiscard]] T const& operator[](std::size_t i) const { return *order_[i]; }
    [[nodiscard]] std::size_t repeated() const { return repeated_; }

    [[nodiscard]] std::vector<T> take() noexcept {
        if constexpr (shifts_safely<T>)
            for (auto* const one : order_)
                all_.push_back(std::move(*one));
        return std::move(all_);
    }

  private:
    std::vector<T*> order_;
    std::vector<T> all_;
    std::size_t repeated_ = 0;
};

/// Gives one customer the records of another one, who may be in another desk's state.
template <class State, class Touchpoints>
class merging {
  public:
    using node = typename State::node;
    using customer_type = typename State::customer_type;
    using held_conversion = typename State::held_conversion;
    using stamp_type = typename State::stamp_type;
    using deadline = typename State::deadline;

    merging(Touchpoints const& stream, State& from_state, State& into_state)
        : stream_{stream}, from_state_{from_state}, into_state_{into_state} {}

    /// If anything is thrown, nothing has changed.
    merge_counts operator()(node& from, node& into) const {
        auto& giver = from.second;
        auto& taker = into.second;
        gathered touches{taker.touchpoints, giver.touchpoints,
                         [&](auto const& a, auto const& b) { return compared(a, b); }};
        // At one watermark, one conversion was credited under both keys, or under neither.
        gathered sales{
            taker.conversions, giver.conversions,
            [](held_conversion const& a, held_conversion const& b) { return compared(a, b); }};
        merge_counts what{giver.touchpoints.size() - touches.repeated(), 0, 0,
                          touches.repeated() + sales.repeated()};
        for (auto const& one : giver.conversions)
            what.waiting_conversions += one.record.has_value() ? 1U : 0U;
        for (std::size_t i = 0; i < sales.size(); ++i)
            what.credited_conversions += sales[i].record.has_value() ? 0U : 1U;
        auto const whens = numbered(sales);
        auto const old_of_giver = deadlines_of(from_state_, from);
        auto const old_of_taker = deadlines_of(into_state_, into);
        std::vector<iterator> added;
        try {
            added.reserve(sales.size());
            for (std::size_t i = 0; i < sales.size(); ++i)
                if (sales[i].record)
                    added.push_back(
                        into_state_.waiting.insert(deadline{whens[i].at, whens[i], &into}));
        } catch (...) {
            for (auto const& one : added)
                into_state_.waiting.erase(one);
            throw;
        }
        for (auto const& one : old_of_giver)
            from_state_.waiting.erase(one);
        for (auto const& one : old_of_taker)
            into_state_.waiting.erase(one);
        from_state_.counts.held_touchpoints -= giver.touchpoints.size();
        into_state_.counts.held_touchpoints += giver.touchpoints.size() - touches.repeated();
        into_state_.counts.duplicates += what.duplicates;
        taker.touchpoints = touches.take();
        taker.conversions = sales.take();
        if constexpr (may_be_missing<typename State::id_type>)
            for (std::size_t i = 0; i < whens.size(); ++i)
                taker.conversions[i].when.nth = whens[i].nth;
        taker.credited = 0;
        giver.touchpoints.clear();
        giver.conversions.clear();
        giver.credited = 0;
        return what;
    }

  private:
    using iterator = typename decltype(State::waiting)::iterator;

    template <class Touchpoint>
    [[nodiscard]] int compared(Touchpoint const& a, Touchpoint const& b) const {
        if (customer_type::before(stream_, b, a))
            return 1;
        return customer_type::before(stream_, a, b) || is_missing(stream_.id(a)) ? -1 : 0;
    }
    [[nodiscard]] static int compared(held_conversion const& a, held_conversion const& b) {
        if (b.when.precedes(a.when))
            return 1;
        return a.when.precedes(b.when) || is_missing(a.when.id) ? -1 : 0;
    }

    /// The stamps of the merged conversions. Those without an id get new numbers.
    [[nodiscard]] static std::vector<stamp_type> numbered(gathered<held_conversion> const& sales) {
        std::vector<stamp_type> whens;
        whens.reserve(sales.size());
        for (std::size_t i = 0; i < sales.size(); ++i) {
            whens.push_back(sales[i].when);
            if constexpr (may_be_missing<typename State::id_type>)
                if (is_missing(whens[i].id))
                    whens[i].nth =
                        i > 0 && !whens[i - 1].precedes(whens[i]) ? whens[i - 1].nth + 1 : 0;
        }
        return whens;
    }
    [[nodiscard]] static std::vector<iterator> deadlines_of(State& state, node& owner) {
        std::vector<iterator> all;
        for (auto const& one : owner.second.conversions)
            if (one.record)
                all.push_back(state.waiting.find(deadline{one.when.at, one.when, &owner}));
        return all;
    }

    Touchpoints const& stream_;
    State& from_state_;
    State& into_state_;
};

template <class Touchpoints, class State>
merging(Touchpoints const&, State&, State&) -> merging<State, Touchpoints>;

}  // namespace attribution::detail
