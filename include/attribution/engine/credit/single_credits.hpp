// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/equal_credits.hpp>

#include <cstddef>

namespace attribution::inline v0_1::detail {

/// Hands credits to a sink one by one; with several models, together with the number of the model.
///
/// A receiver gets a conversion's credits after `begin`, which says how many touchpoints it may
/// credit: by `one`, credit by credit; by `one_of_all`, the same credit from every model; by `step`,
/// which also says the position of the touchpoint among these; or in `equal` ones. `prefetch`
/// announces the rows of touchpoints that will be credited; `finish` comes last.
template <class Amount, class Sink, std::size_t Models = 1>
class single_credits {
  public:
    constexpr explicit single_credits(Sink& sink) : sink_{&sink} {}

    constexpr void prefetch(std::size_t) const {}
    constexpr void begin(std::size_t) {}
    constexpr void one(credit<Amount> const& earned, std::size_t model) {
        if constexpr (Models == 1)
            (*sink_)(earned);
        else
            (*sink_)(earned, model);
    }
    constexpr void one_of_all(credit<Amount> const& earned) {
        for (std::size_t model = 0; model < Models; ++model)
            one(earned, model);
    }
    constexpr void step(std::size_t, credit<Amount> const& earned, std::size_t model) {
        one(earned, model);
    }

    template <class RowOf>
    constexpr void equal(std::size_t conversion, equal_credits<Amount> const& all, RowOf row_of,
                         std::size_t model) {
        for (auto i = all.first; i < all.first + all.length; ++i)
            one(credit<Amount>{conversion, row_of(i), all.amount, all.share}, model);
    }
    /// The same for touchpoints at consecutive positions, the path's first at `begin`.
    template <class RowAt>
    constexpr void equal_at(std::size_t begin, std::size_t conversion,
                            equal_credits<Amount> const& all, RowAt row_at, std::size_t model) {
        equal(
            conversion, all, [&](std::size_t i) { return row_at(begin + i); }, model);
    }

    template <class RowAt>
    constexpr void finish(RowAt) {}

  private:
    Sink* sink_;
};

}  // namespace attribution::detail
