// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <stdexcept>
#include <string_view>
#include <tuple>

namespace attribution::inline v0_1 {

/// Which ages a policy admits; a touchpoint's age is its distance before the conversion.
enum class age_limit {
    at_most,                ///< `maximum_age`: also below 0, which is after the conversion
    at_most_and_not_after,  ///< `lookback`
    at_least                ///< `minimum_age`
};

/// What `lookback`, `minimum_age` and `maximum_age` make: a window that begins or ends `length`
/// before the conversion.
template <age_limit Limit, class Length>
struct age_policy : policy_tag {
    static constexpr bool window_ends = Limit != age_limit::at_most;
    Length length;

    constexpr explicit age_policy(Length l) : length{l} {
        if (!(l >= Length{}))
            throw std::invalid_argument{negative_length()};
    }

    [[nodiscard]] static constexpr std::string_view name() {
        switch (Limit) {
        case age_limit::at_most:
            return "maximum age";
        case age_limit::at_least:
            return "minimum age";
        default:
            return "lookback";
        }
    }

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), length}; }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        check_length<time>();
        if constexpr (Limit == age_limit::at_least)
            return detail::reaches_back(about.at(), length)
                       ? interval<time>{detail::first_instant<time>(),
                                        detail::latest_before(about.at(), length)}
                       : interval<time>::nothing();
        else if constexpr (Limit == age_limit::at_most)
            return interval<time>{detail::earlier_by(about.at(), length),
                                  detail::last_instant<time>()};
        else
            return interval<time>{detail::earlier_by(about.at(), length), about.at()};
    }

    template <class Time>
    constexpr Time earliest(Time const& at) const requires(Limit != age_limit::at_least) {
        check_length<Time>();
        return detail::earlier_by(at, length);
    }

    /// Whatever `minimum_age` refuses is younger than `length`: `maximum_age` admits it.
    [[nodiscard]] constexpr auto complement() const requires(Limit == age_limit::at_least) {
        return age_policy<age_limit::at_most, Length>{length};
    }

  private:
    template <class Time>
    static constexpr void check_length() {
        static_assert(detail::length_on<Length, Time>,
                      "attribution: lookback(), minimum_age() and maximum_age() need a std::chrono "
                      "duration for time points, a number for times that are numbers");
    }
    static constexpr char const* negative_length() {
        switch (Limit) {
        case age_limit::at_most:
            return "maximum_age: the length must not be negative";
        case age_limit::at_least:
            return "minimum_age: the length must not be negative";
        default:
            return "lookback: the length must not be negative";
        }
    }
};

}  // namespace attribution
