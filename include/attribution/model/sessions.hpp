// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/over.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Length, class Within>
class sessions_selector {
  public:
    constexpr sessions_selector(Length pause, Within within)
        : pause_{pause}, within_(std::move(within)) {
        if (!(pause >= Length{}))
            throw std::invalid_argument{"sessions: the pause must not be negative"};
    }

    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"sessions", pause_, within_}; }

    [[nodiscard]] std::string name() const {
        using unit = typename detail::measure<Length>::period;
        auto const many = std::to_string(detail::measure<Length>::count(pause_));
        if constexpr (detail::is_duration<Length>)
            return "sessions, pause " + many + " x " + std::to_string(unit::num) + '/' +
                   std::to_string(unit::den) + " s";
        else
            return "sessions, pause " + many;
    }

    constexpr void operator()(auto const& steps, selection& chosen) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: sessions() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (i == 0 || steps[i - 1].at() < detail::earlier_by(steps[i].at(), pause_))
                chosen.push_back(i);
    }

    /// Splits the weight of each session among its touchpoints.
    constexpr void share(auto const& steps, std::span<std::size_t const> begins, weights w) const
        requires(!std::same_as<Within, first_touch_fn>) {
        detail::check_weights(steps, w);
        auto members = steps.space().indices.borrow();
        for (std::size_t s = 0; s < begins.size(); ++s) {
            auto const first = begins[s];
            auto const whole = w[first];
            if (whole == 0)
                continue;
            auto const end = s + 1 < begins.size() ? begins[s + 1] : w.size();
            members->clear();
            for (auto i = first; i < end; ++i)
                members->push_back(i);
            weigh_among(steps, members.span(), within_, w);
            detail::check_weights(steps, w.subspan(first, end - first), first);
            share_out(whole, steps, w.subspan(first, end - first));
        }
    }

  private:
    /// Turns the weights within a session into parts of the session's weight. Shares are whole
    /// numbers and each touchpoint takes one product, so that nothing can be fused.
    static constexpr void share_out(double session, auto const& steps, weights part) {
        auto units = steps.space().units.borrow(part.size());
        auto const sum = detail::to_units(part, units.span());
        for (std::size_t i = 0; i < part.size(); ++i)
            part[i] =
                sum == 0
                    ? 0
                    : session * (static_cast<double>(detail::share_units(units.span()[i], sum)) *
                                 detail::power_of_two(-detail::unit_bits));
    }

    Length pause_;
    [[no_unique_address]] Within within_;
};

/// Chooses the first touchpoint of each session: a path of visits instead of a path of clicks.
///
/// Shape:      a session is a run of touchpoints in which none comes more than `pause` after the
///             one before it. The model `within` splits the session's weight among its touchpoints.
///             By default the first touchpoint, the source of the visit, gets all of it.
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `pause` after the one before belongs to the same session.
///             over(sessions(pause), m) changes nothing where every pause is longer. Sessions are
///             formed from the eligible touchpoints. If `within` gives weight to no touchpoint of a
///             session, the session gets none. `within` is not called for a session of weight 0.
/// Errors:     std::invalid_argument if the pause is negative.
/// Complexity: O(n) per path, and that of `within`.
/// Source:     sessions end after 30 minutes of inactivity: Google Analytics and folklore.
template <class Length, class Within = first_touch_fn>
[[nodiscard]] constexpr auto sessions(Length pause, Within within = {}) {
    return sessions_selector<Length, Within>{pause, std::move(within)};
}

}  // namespace attribution
