// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "settings.hpp"

#include <support/attribution_report.hpp>
#include <support/time_format.hpp>

#include <attribution/credit/ledger.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/where.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// The models and policies that were asked for, put together at run time from those of the library.
namespace own_files {

[[nodiscard]] inline auto touchpoints_of(std::vector<touch> const& touches) {
    return attribution::touchpoints(touches, &touch::key, &touch::at);
}
[[nodiscard]] inline auto conversions_of(std::vector<sale> const& sales) {
    return attribution::conversions(sales, &sale::key, &sale::at, &sale::amount);
}
using journeys_type = decltype(attribution::join(conversions_of({}), touchpoints_of({})));
using path_type = journeys_type::path_type;
using ledger_type = attribution::ledger<decltype(conversions_of({})), decltype(touchpoints_of({})),
                                        examples::exact_amount>;

/// The calendar of a place, for windows.
struct calendar_of {
    examples::wall_clock const* clock;
    auto to_local(auto at) const { return clock->to_local(at); }
    auto to_sys(auto at) const { return clock->to_sys(at); }
};

/// A window whose length is known at run time: of time, of calendar days, or without end.
struct asked_window : attribution::policy_tag {
    asked_window(std::optional<std::chrono::seconds> length, std::optional<int> days,
                 std::shared_ptr<examples::wall_clock const> clock)
        : length_{length}, days_{days}, clock_{std::move(clock)} {}

    template <class Anchor>
    auto window(Anchor const& about) const {
        using interval = attribution::interval<typename Anchor::time_type>;
        if (days_)
            return interval{
                attribution::calendar_lookback(date::days{*days_}, calendar_of{clock_.get()})
                    .window(about)};
        return length_ ? interval{attribution::lookback(*length_).window(about)}
                       : interval{attribution::always.window(about)};
    }

  private:
    std::optional<std::chrono::seconds> length_;
    std::optional<int> days_;
    std::shared_ptr<examples::wall_clock const> clock_;
};

/// Touchpoints of some kinds count for a time of their own; without one, as all others do.
class kind_window : public attribution::policy_tag {
  public:
    kind_window(std::string name, std::vector<std::string> kinds,
                std::optional<std::chrono::seconds> length)
        : name_{length ? fmt::format("{} within {}", name, length_text(*length)) : name},
          kinds_{std::move(kinds)}, length_{length} {}

    [[nodiscard]] std::string name() const { return name_; }
    bool operator()(auto const& step) const {
        return !length_ || step.age() <= *length_ ||
               std::ranges::count(kinds_, examples::folded(step.touchpoint().kind)) == 0;
    }

  private:
    std::string name_;
    std::vector<std::string> kinds_;
    std::optional<std::chrono::seconds> length_;
};

/// Touchpoints of channels that are not excluded.
[[nodiscard]] inline auto not_excluded(settings const& asked) {
    return attribution::named(
        "excluded channels", attribution::where([channels = asked.excluded](touch const& seen) {
            return channels.empty() || std::ranges::count(channels, seen.channel.view()) == 0;
        }));
}

/// What may earn at all, its reasons told apart: the window, kinds of touchpoints in theirs, and
/// channels that are excluded.
[[nodiscard]] inline auto policy_of(settings const& asked) {
    auto const clock = std::make_shared<examples::wall_clock const>(asked.time_zone);
    return attribution::named(asked.lookback_text,
                              asked_window{asked.lookback, asked.calendar_days, clock}) &&
           kind_window{"clicks", {"click", "clicks"}, asked.click_lookback} &&
           kind_window{
               "views", {"view", "views", "impression", "impressions"}, asked.view_lookback} &&
           not_excluded(asked);
}
using policy_type = decltype(policy_of(std::declval<settings const&>()));
using model_list = std::vector<examples::shown_model<journeys_type>>;

/// The models, and of those that cannot be learned why not. People who never converted are learned
/// from, too, by all that they did: no window of theirs ends with a conversion.
struct asked_models {
    model_list models;
    std::vector<std::string> left_out = {};
};
[[nodiscard]] asked_models models_of(settings const& asked, journeys_type const& journeys,
                                     policy_type const& policy);

/// The ledger of each model, with what refunds leave of it.
[[nodiscard]] std::vector<ledger_type> credits_of(journeys_type const& journeys,
                                                  model_list const& models,
                                                  policy_type const& policy,
                                                  std::vector<sale> const& refunds);

}  // namespace own_files
