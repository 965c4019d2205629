// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/sink.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/memory/owned_range.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// By how much the value of a conversion changed after it was attributed: a refund.
template <amount Amount>
struct value_change {
    std::size_t conversion;
    Amount amount;

    friend constexpr bool operator==(value_change const&, value_change const&) = default;
};

/// Every credit of an attribution, in the order of the conversions' rows.
///
/// A range of credits. Keeps the records' handles, so that a credit's records can be looked up and
/// `ledger | by(...)` can group; the user's containers must outlive it. A temporary returns copies
/// of credits and handles, and no iterators; a range-based for loop over one is fine.
template <class Conversions, class Touchpoints, amount Amount>
class ledger : public detail::owned_range<credit<Amount>, detail::large_vector<credit<Amount>>> {
  public:
    using amount_type = Amount;
    using credit_type = credit<Amount>;
    using change_type = value_change<Amount>;
    using credits_type = detail::large_vector<credit<Amount>>;

    constexpr ledger(Conversions conversions, Touchpoints touchpoints,
                     detail::large_vector<credit<Amount>> credits,
                     std::vector<change_type> changes = {})
        : detail::owned_range<credit_type, credits_type>{std::move(credits)},
          conversions_{std::move(conversions)},
          touchpoints_{std::move(touchpoints)}, changes_{std::move(changes)} {}

    [[nodiscard]] constexpr Conversions const& conversions() const& noexcept {
        return conversions_;
    }
    [[nodiscard]] constexpr Conversions conversions() const&& { return conversions_; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const& noexcept {
        return touchpoints_;
    }
    [[nodiscard]] constexpr Touchpoints touchpoints() const&& { return touchpoints_; }

    /// How the conversions' values changed after they were attributed: what `take_back` took back.
    /// The credits add up to the changed values.
    [[nodiscard]] constexpr std::vector<change_type> const& changes() const& noexcept {
        return changes_;
    }
    [[nodiscard]] constexpr std::vector<change_type> changes() && noexcept {
        return std::move(changes_);
    }

    /// The user's record of the conversion that a credit is from.
    [[nodiscard]] constexpr decltype(auto) conversion(credit_type const& earned) const& {
        return conversions_[earned.conversion];
    }
    [[nodiscard]] constexpr decltype(auto) conversion(credit_type const& earned) const&& {
        return Conversions(conversions_)[earned.conversion];
    }
    /// The user's record of the touchpoint that earned a credit, which must be attributed.
    [[nodiscard]] constexpr decltype(auto) touchpoint(credit_type const& earned) const& {
        return touchpoints_[earned.touchpoint];
    }
    [[nodiscard]] constexpr decltype(auto) touchpoint(credit_type const& earned) const&& {
        return Touchpoints(touchpoints_)[earned.touchpoint];
    }

  private:
    Conversions conversions_;
    Touchpoints touchpoints_;
    std::vector<change_type> changes_;
};

/// Adds up a ledger as `attribute` would have done with the same sink: `ledger |
/// by(&touch::channel)`.
template <class Conversions, class Touchpoints, amount Amount, class Sink>
    requires bindable_sink<Sink, Conversions, Touchpoints>
[[nodiscard]] constexpr auto operator|(ledger<Conversions, Touchpoints, Amount> const& credits,
                                       Sink const& sink) {
    auto bound = sink.bind(credits.conversions(), credits.touchpoints());
    for (auto const& earned : credits)
        bound(earned);
    return bound.finish();
}

}  // namespace attribution
