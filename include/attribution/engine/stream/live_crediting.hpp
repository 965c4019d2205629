// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/join/eligible.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/stream/live_records.hpp>
#include <attribution/engine/stream/stream_times.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Credits the conversion and the touchpoints that `now` points to, as `attribute` does for one
/// conversion of a join.
template <class Touchpoints, class Conversions>
class live_crediting {
  public:
    using present_type = present<Touchpoints, Conversions>;
    using times = stream_times<Touchpoints, Conversions>;
    using time_type = typename times::time_type;

    /// The policy's window. `previous` is the time of the customer's previous conversion.
    template <class Policy>
    [[nodiscard]] static interval<time_type>
    window(present_type const& now, std::optional<time_type> const& previous, Policy const& p) {
        live_conversions const sales{now};
        live_touchpoints const touches{now};
        return search_window(p, anchor_type{sales, touches, 0, previous});
    }

    /// Complexity: that of the model, and one look at every touchpoint in the policy's window.
    template <class Model, class Policy, class Sink>
    void operator()(present_type const& now, std::optional<time_type> const& previous,
                    Model const& m, Policy const& p, Sink&& sink) {
        live_conversions const sales{now};
        live_touchpoints const touches{now};
        anchor_type const about{sales, touches, 0, previous};
        live_times const placed{touches};
        auto const within = detail::search_window(p, about);
        auto const eligible = detail::eligible_among(
            p, about, {placed.before(within.from), placed.not_after(within.until)},
            placed.not_after(about.at()),
            [&](std::size_t row) {
                return event<time_type>{times::of_touchpoint(touches.time(row)), row};
            },
            place_);
        path<anchor_type> const steps{about, eligible, space_};
        credits_.hand_out(steps, sales.value(0), m, [&](auto const& earned) { sink(earned); });
    }

  private:
    using anchor_type = anchor<live_conversions<Touchpoints, Conversions>,
                               live_touchpoints<Touchpoints, Conversions>>;

    crediting<typename Conversions::value_type> credits_;
    workspace<time_type> space_;
    row_of<visit<time_type>> place_;
};

}  // namespace attribution::detail
