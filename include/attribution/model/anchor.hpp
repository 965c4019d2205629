// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>

namespace attribution::inline v0_1 {

/// One conversion, as policies and models see it.
template <class Conversions, class Touchpoints>
class anchor {
  public:
    using conversion_records = Conversions;
    using touchpoint_records = Touchpoints;
    using time_type = detail::common_time_of_records<Conversions, Touchpoints>;

    constexpr anchor(Conversions const& conversions, Touchpoints const& touchpoints,
                     std::size_t row, std::optional<time_type> previous)
        : conversions_{&conversions}, touchpoints_{&touchpoints}, row_{row},
          at_(detail::meet<typename Touchpoints::time_type>(
              conversions.time(row), "attribute: the time of conversion row ", row)),
          previous_(previous) {}

    /// As above, for callers that know the conversion's time already.
    constexpr anchor(Conversions const& conversions, Touchpoints const& touchpoints,
                     std::size_t row, time_type const& at, std::optional<time_type> previous)
        : conversions_{&conversions}, touchpoints_{&touchpoints}, row_{row}, at_(at),
          previous_(previous) {}

    template <class C, class T, class... Rest>
        requires(std::same_as<std::remove_cvref_t<C>, Conversions>&&
                     std::same_as<std::remove_cvref_t<T>, Touchpoints> &&
                 !(std::is_lvalue_reference_v<C> && std::is_lvalue_reference_v<T>))
    anchor(C&&, T&&, Rest&&...)
    = delete;  // it would refer to a temporary; keep it in a variable

    /// The user's record.
    [[nodiscard]] constexpr decltype(auto) conversion() const { return (*conversions_)[row_]; }
    [[nodiscard]] constexpr std::size_t row() const noexcept { return row_; }
    [[nodiscard]] constexpr time_type at() const { return at_; }

    /// When the same key converted before: the latest instant of its conversions that is earlier than
    /// this one's. Several conversions at one instant, such as the items of an order, are not before
    /// each other.
    [[nodiscard]] constexpr std::optional<time_type> previous() const { return previous_; }

    [[nodiscard]] constexpr Conversions const& conversions() const noexcept {
        return *conversions_;
    }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const noexcept {
        return *touchpoints_;
    }

  private:
    Conversions const* conversions_;
    Touchpoints const* touchpoints_;
    std::size_t row_;
    time_type at_;
    std::optional<time_type> previous_;
};

}  // namespace attribution
