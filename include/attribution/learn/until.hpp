// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

namespace attribution::inline v0_1 {

/// What a policy sees as the conversion of a customer who never converted: nothing. A policy that
/// reads conversions needs another policy for these customers; see `until`.
struct no_conversion_record {};

/// The end of a window without a conversion: policies and estimators see it instead of a
/// conversion.
template <class Conversions, class Touchpoints>
class open_end {
  public:
    using conversion_records = Conversions;
    using touchpoint_records = Touchpoints;
    using time_type = typename anchor<Conversions, Touchpoints>::time_type;

    constexpr open_end(Touchpoints const& touchpoints, time_type at)
        : touchpoints_{&touchpoints}, at_(at) {}
    // It would refer to a temporary; keep it in a variable.
    open_end(Touchpoints const&&, time_type) = delete;

    [[nodiscard]] constexpr no_conversion_record conversion() const { return {}; }
    [[nodiscard]] constexpr std::size_t row() const { return no_row; }
    [[nodiscard]] constexpr time_type at() const { return at_; }
    [[nodiscard]] constexpr std::optional<time_type> previous() const { return std::nullopt; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const { return *touchpoints_; }

  private:
    Touchpoints const* touchpoints_;
    time_type at_;
};

/// Where the windows of customers who never converted end, and which policy admits touchpoints to
/// them; made by `until`.
template <class Time, class Policy>
struct open_windows {
    [[no_unique_address]] Time end;
    [[no_unique_address]] Policy eligible;
};

namespace detail {

struct latest_time {};
struct same_policy {};

template <class T>
inline constexpr bool is_open_windows = false;
template <class T, class P>
inline constexpr bool is_open_windows<open_windows<T, P>> = true;

}  // namespace detail

/// The windows of customers who never converted end at the latest time in the data.
inline constexpr open_windows<detail::latest_time, detail::same_policy> until_end_of_data{};

/// The windows of customers who never converted end at this instant: their later touchpoints do not
/// count. `eligible` is the policy for these customers; they need one of their own where the main
/// policy reads the conversion's record.
///
/// Errors:     std::domain_error if the instant is a NaN.
template <instant Time, class Policy>
    requires policy<Policy> || std::same_as<Policy, detail::same_policy>
[[nodiscard]] constexpr auto until(Time end, Policy eligible) {
    if (!detail::is_on_time_line(end))
        throw std::domain_error{"until: the instant is not a number"};
    return open_windows<Time, Policy>{end, std::move(eligible)};
}

/// As above, with the policy that applies to those who converted.
template <instant Time>
[[nodiscard]] constexpr auto until(Time end) {
    return until(end, detail::same_policy{});
}

/// Leaves out customers who never converted. Every path then converts, and the model card warns of
/// it.
struct converting_only_fn {};
inline constexpr converting_only_fn converting_only{};

}  // namespace attribution
