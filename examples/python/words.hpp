// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "tables.hpp"

#include <attribution/learn/markov_model.hpp>
#include <attribution/learn/shapley_model.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/full_path.hpp>
#include <attribution/model/inverse_j_shaped.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/reached_at.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/model/w_shaped.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/since_previous_conversion.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

/// Policies and models that are put together while a program runs. Each stands for one of the library's, and
/// asks it: the library is instantiated once for all of them.
namespace from_python {

using length = std::chrono::microseconds;  // that of Python's timedelta

/// What Python's words for policies say.
struct policy_words {
    enum class kind {
        always,
        lookback,
        minimum_age,
        maximum_age,
        calendar_days,
        calendar_months,
        since_previous_conversion,
        after_previous_conversion,
        at_any_time,
        last_touches,
        channel_in,
        both,
        either,
        not_this
    };
    kind what = kind::always;
    length limit{};
    int count = 0;
    std::vector<std::string> channels = {};
    std::vector<std::shared_ptr<policy_words const>> parts = {};
};

/// Is this touchpoint's channel one of them?
[[nodiscard]] inline bool channel_is_in(std::vector<std::string> const& wanted,
                                        std::vector<std::string> const& names,
                                        std::int64_t number) {
    auto const& name = names[static_cast<std::size_t>(number)];
    return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
}

/// A policy of the library, chosen at run time.
class asked_policy : public attribution::policy_tag {
  public:
    static constexpr bool decides_time = true;

    /// With `all`, nothing after the conversion counts unless the words say otherwise.
    asked_policy(std::shared_ptr<policy_words const> words, touchpoint_table const& table,
                 bool all = true)
        : words_{std::move(words)}, table_{&table}, nothing_after_{all && !decides(*words_)} {}

    template <class Step>
    bool operator()(Step const& s) const {
        if (nothing_after_ && s.about().at() < s.at())
            return false;
        return admits(*words_, s);
    }
    template <class Anchor>
    auto window(Anchor const& about) const {
        auto whole = window_of(*words_, about);
        if (nothing_after_)
            whole.until = std::min(whole.until, about.at());
        return whole;
    }

  private:
    using kind = policy_words::kind;

    static bool decides(policy_words const& words) {
        return words.what == kind::at_any_time ||
               std::any_of(words.parts.begin(), words.parts.end(),
                           [](auto const& part) { return decides(*part); });
    }

    template <class Step>
    bool admits(policy_words const& words, Step const& s) const {
        switch (words.what) {
        case kind::last_touches:
            return attribution::last_touches(static_cast<std::size_t>(words.count))(s);
        case kind::channel_in:
            return channel_is_in(words.channels, table_->channel_names,
                                 s.touchpoint().template get<channel>());
        case kind::both:
            return admits(*words.parts[0], s) && admits(*words.parts[1], s);
        case kind::either:
            return admits(*words.parts[0], s) || admits(*words.parts[1], s);
        case kind::not_this:
            return !admits(*words.parts[0], s);
        default:
            return window_of(words, s.about()).contains(s.at());
        }
    }

    template <class Anchor>
    attribution::interval<instant> window_of(policy_words const& words, Anchor const& about) const {
        using interval = attribution::interval<instant>;
        switch (words.what) {
        case kind::lookback:
            return attribution::lookback(words.limit).window(about);
        case kind::minimum_age:
            return attribution::minimum_age(words.limit).window(about);
        case kind::maximum_age:
            return attribution::maximum_age(words.limit).window(about);
        case kind::calendar_days:
            return attribution::calendar_lookback(date::days{words.count}).window(about);
        case kind::calendar_months:
            return attribution::calendar_lookback(date::months{words.count}).window(about);
        case kind::since_previous_conversion:
            return attribution::since_previous_conversion.window(about);
        case kind::after_previous_conversion:
            return attribution::after_previous_conversion.window(about);
        case kind::both:
            return attribution::intersection(window_of(*words.parts[0], about),
                                             window_of(*words.parts[1], about));
        case kind::either:
            return attribution::hull(window_of(*words.parts[0], about),
                                     window_of(*words.parts[1], about));
        default:  // the words of a test, or of no limit
            return interval::everything();
        }
    }
    std::shared_ptr<policy_words const> words_;
    touchpoint_table const* table_;
    bool nothing_after_;
};

using markov_learned = attribution::markov_model<attribution::column_fn<channel>, std::int64_t>;
using shapley_learned =
    attribution::shapley_model<attribution::column_fn<channel>, std::int64_t, std::int64_t, true>;

/// What Python's words for models say.
struct model_words {
    enum class kind {
        first_touch,
        last_touch,
        linear,
        j_shaped,
        inverse_j_shaped,
        position_based,
        position_decay,
        time_decay,
        stepped_time_decay,
        usage_weighted,
        w_shaped,
        full_path,
        prefer,
        first_of_each,
        last_of_each,
        runs,
        sessions,
        blend,
        learned
    };
    kind what = kind::linear;
    length limit{};
    double first = 0, last = 0;
    std::shared_ptr<policy_words const> policy = {};
    std::vector<double> portions = {};
    std::vector<std::shared_ptr<model_words const>> parts = {};
    std::variant<std::monostate, markov_learned, shapley_learned> what_was_learned = {};
    std::vector<std::string> learned_names = {};  // of the channels, by number
};

/// A model of the library, chosen at run time.
class asked_model : public attribution::model_tag {
  public:
    asked_model(std::shared_ptr<model_words const> words, touchpoint_table const& table)
        : words_{std::move(words)}, table_{&table} {}

    template <class Path>
    void operator()(Path const& steps, attribution::weights w) const {
        namespace att = attribution;
        using enum model_words::kind;
        auto const& words = *words_;
        switch (words.what) {
        case first_touch:
            return att::first_touch(steps, w);
        case last_touch:
            return att::last_touch(steps, w);
        case linear:
            return att::linear(steps, w);
        case j_shaped:
            return att::j_shaped(steps, w);
        case inverse_j_shaped:
            return att::inverse_j_shaped(steps, w);
        case position_based:
            return att::position_based(words.first, words.last)(steps, w);
        case position_decay:
            return att::position_decay(steps, w);
        case time_decay:
            return att::time_decay(words.limit)(steps, w);
        case stepped_time_decay:
            return att::stepped_time_decay(words.limit)(steps, w);
        case usage_weighted:
            return att::usage_weighted(att::column<usage>)(steps, w);
        case w_shaped:
            return att::w_shaped(att::reached_at(optional_instant_in<lead>{}),
                                 att::reached_at(optional_instant_in<opportunity>{}))(steps, w);
        case full_path:
            return att::full_path(att::reached_at(optional_instant_in<lead>{}),
                                  att::reached_at(optional_instant_in<opportunity>{}))(steps, w);
        case prefer:
            return att::prefer(asked_policy{words.policy, *table_, false}, part(0))(steps, w);
        case first_of_each:
            return att::over(att::first_of_each(att::column<channel>), part(0))(steps, w);
        case last_of_each:
            return att::over(att::last_of_each(att::column<channel>), part(0))(steps, w);
        case runs:
            return att::over(att::runs(att::column<channel>), part(0))(steps, w);
        case sessions:
            return att::over(att::sessions(words.limit), part(0))(steps, w);
        case blend:
            return blended(steps, w);
        case learned:
            if (auto const* chain = std::get_if<markov_learned>(&words.what_was_learned))
                return (*chain)(steps, w);
            return std::get<shapley_learned>(words.what_was_learned)(steps, w);
        }
    }

  private:
    [[nodiscard]] asked_model part(std::size_t which) const {
        return {words_->parts[which], *table_};
    }
    template <class Path>
    void blended(Path const& steps, attribution::weights w) const {
        auto const& p = words_->portions;
        switch (p.size()) {
        case 1:
            return part(0)(steps, w);
        case 2:
            return (p[0] * part(0) + p[1] * part(1))(steps, w);
        case 3:
            return (p[0] * part(0) + p[1] * part(1) + p[2] * part(2))(steps, w);
        default:
            return (p[0] * part(0) + p[1] * part(1) + p[2] * part(2) + p[3] * part(3))(steps, w);
        }
    }

    std::shared_ptr<model_words const> words_;
    touchpoint_table const* table_;
};

}  // namespace from_python
