// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/model.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace attribution {

template <class Length, class Across, class Within>
class over_sessions_model : public model_tag {
  public:
    constexpr over_sessions_model(Length pause, Across across, Within within)
        : pause_{pause}, across_(std::move(across)), within_(std::move(within)) {
        if (!(pause >= Length{}))
            throw std::invalid_argument{"over_sessions: the pause must not be negative"};
    }

    constexpr void operator()(auto const& steps, weights w) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: over_sessions() needs a std::chrono duration for time points, "
                      "a number for times that are numbers");
        auto begins = steps.space().indices.borrow();
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (i == 0 || steps[i - 1].at() < detail::earlier_by(steps[i].at(), pause_))
                begins->push_back(i);
        auto sessions = steps.space().weights.borrow(w.size());
        weigh_among(steps, begins.span(), across_, sessions.span());
        detail::check_weights(steps, sessions.span());
        auto members = steps.space().indices.borrow();
        for (std::size_t s = 0; s < begins->size(); ++s) {
            auto const first = begins.span()[s];
            if (sessions.span()[first] == 0)
                continue;
            auto const end = s + 1 < begins->size() ? begins.span()[s + 1] : w.size();
            members->clear();
            for (std::size_t i = first; i < end; ++i)
                members->push_back(i);
            weigh_among(steps, members.span(), within_, w);
            share_out(sessions.span()[first], steps, w.subspan(first, end - first));
        }
    }

  private:
    /// Turns the weights within a session into parts of the session's weight. Shares are whole
    /// numbers, and there is one product per touchpoint: nothing that could be fused.
    static constexpr void share_out(double session, auto const& steps, weights part) {
        detail::check_weights(steps, part);
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
    [[no_unique_address]] Across across_;
    [[no_unique_address]] Within within_;
};

/// `across` over sessions, and `within` over the touchpoints of each: a path of visits instead of a
/// path of clicks.
///
/// Shape:      a session is a run of touchpoints in which none comes more than `pause` after the
///             one before it. `across` sees one touchpoint per session, its first. What a session
///             gets, `within` splits among its touchpoints, by default all to the first: the source
///             of the visit.
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      a touchpoint exactly `pause` after the one before belongs to the same session.
///             over_sessions(pause, m) changes nothing where every pause is longer. Sessions are
///             formed from the eligible touchpoints. A session to whose touchpoints `within` gives
///             no weight gets none; `within` is not asked about one that gets none from `across`.
/// Errors:     std::invalid_argument if the pause is negative.
/// Complexity: O(n) per path, and the models' own.
/// Source:     sessions end after 30 minutes of inactivity: Google Analytics and folklore.
template <class Length, class Across, class Within = first_touch_fn>
[[nodiscard]] constexpr auto over_sessions(Length pause, Across across, Within within = {}) {
    return over_sessions_model<Length, Across, Within>{pause, std::move(across), std::move(within)};
}

}  // namespace attribution
