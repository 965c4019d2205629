// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <concepts>
#include <stdexcept>

namespace attribution::inline v0_1::detail {

/// Errors:     std::domain_error if a time is not a number.
template <class Time>
void check_instant(Time const& at) {
    if (!is_on_time_line(at))
        throw std::domain_error{"live: a time is not a number"};
}

/// How far a stream has come. Its horizon is the watermark less the allowed lateness.
template <class Times>
class watermark {
  public:
    using time_type = typename Times::time_type;

    watermark() = default;
    watermark(time_type horizon, bool ended) : horizon_{horizon}, ended_{ended} {}

    /// Moves the horizon on; an earlier instant changes nothing.
    ///
    /// Errors:     as `check_instant`; nothing has changed then.
    template <class Instant, class Lateness>
    void advance(Instant const& to, Lateness const& allowed) {
        check_instant(to);
        auto const horizon = Times::horizon(to, [&](auto at) {
            if constexpr (std::same_as<Lateness, no_lateness>)
                return at;
            else
                return earlier_by(at, allowed);
        });
        if (horizon_ < horizon)
            horizon_ = horizon;
    }
    /// There will be no more records.
    void end() { ended_ = true; }

    [[nodiscard]] time_type horizon() const { return horizon_; }
    [[nodiscard]] bool has_ended() const { return ended_; }
    /// Are records at that instant late?
    [[nodiscard]] bool has_passed(time_type at) const { return ended_ || at < horizon_; }

    friend bool operator==(watermark const&, watermark const&) = default;

  private:
    time_type horizon_ = first_instant<time_type>();
    bool ended_ = false;
};

}  // namespace attribution::detail
