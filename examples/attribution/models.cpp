// SPDX-License-Identifier: BSL-1.0
#include "rules.hpp"

#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/inverse_j_shaped.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace att = attribution;

namespace own_files {

namespace {

using weigh = std::function<void(path_type const&, att::weights)>;

/// What models see of a path, by --sessions and --once-per-channel: both, first visits and of those
/// the first of each channel.
struct asked_selector {
    std::optional<std::chrono::seconds> pause;
    bool once_per_channel;

    [[nodiscard]] bool all() const { return !pause && !once_per_channel; }
    [[nodiscard]] std::string name() const {
        return fmt::format("{}{}", pause ? "visits" : "touchpoints",
                           once_per_channel ? ", first of each channel" : "");
    }
    template <class Path>
    void operator()(Path const& whole, att::selection& chosen) const {
        auto const once = att::first_of_each(&touch::channel);
        if (!pause)
            return once_per_channel ? once(whole, chosen) : every(whole, chosen);
        if (!once_per_channel)
            return att::sessions(*pause)(whole, chosen);
        att::selection begins, firsts;
        att::sessions (*pause)(whole, begins);
        auto visits = whole.space().visits.borrow();
        for (auto const place : begins)
            visits->push_back(whole.visits()[place]);
        once(Path{whole.about(), visits.span(), whole.space()}, firsts);
        for (auto const place : firsts)
            chosen.push_back(begins[place]);
    }

  private:
    static void every(auto const& whole, att::selection& chosen) {
        for (std::size_t i = 0; i < whole.size(); ++i)
            chosen.push_back(i);
    }
};

/// Half-life in days, by the words of --models.
std::chrono::seconds half_life(model_choice const& one) {
    if (one.parameters.empty())
        return date::days{7};
    static std::string_view constexpr units = "smhdw";
    static constexpr std::int64_t seconds[] = {1, 60, 3'600, 86'400, 604'800};
    auto const& text = one.parameters[0];
    return std::chrono::seconds{std::strtoll(text.c_str(), nullptr, 10) *
                                seconds[units.find(text.back())]};
}

int parameter(model_choice const& one, std::size_t which, int otherwise) {
    return which < one.parameters.size() ? std::atoi(one.parameters[which].c_str()) : otherwise;
}

struct described {
    std::string text;
    weigh model;
};

described by_rule(model_choice const& one, settings const& asked) {
    if (one.kind == "first")
        return {"the first touchpoint gets all of the conversion.", att::first_touch};
    if (one.kind == "last")
        return {"the last touchpoint before the conversion gets all of it.", att::last_touch};
    if (one.kind == "linear")
        return {"all touchpoints of a path share the conversion evenly.", att::linear};
    if (one.kind == "j" || one.kind == "inverse_j")
        return {
            fmt::format("the {} touchpoint gets 60 %, the {} one 20 %, those between share 20 %.",
                        one.kind == "j" ? "last" : "first", one.kind == "j" ? "first" : "last"),
            one.kind == "j" ? att::j_shaped : att::inverse_j_shaped};
    if (one.kind == "position") {
        auto const first = parameter(one, 0, 40), last = parameter(one, 2, 40);
        return {fmt::format("the first touchpoint gets {} %, the last {} %, those between share {} "
                            "%.",
                            first, last, 100 - first - last),
                att::position_based(first / 100.0, last / 100.0)};
    }
    if (one.kind == "position_decay")
        return {"a touchpoint weighs half as much for every place before the last.",
                att::position_decay};
    if (one.kind == "decay" || one.kind == "stepped") {
        auto const life = half_life(one);
        auto const text =
            fmt::format("a touchpoint weighs half as much for every {}{} that it lies "
                        "further back.",
                        one.kind == "decay" ? "" : "whole ", length_text(life));
        return one.kind == "decay" ? described{text, att::time_decay(life)}
                                   : described{text, att::stepped_time_decay(life)};
    }
    auto const& [column, value] = *asked.last_non;
    return {fmt::format("the last touchpoint whose {} is not {} gets all of the conversion; the "
                        "last of all, if there is no other.",
                        column, value),
            att::prefer(!att::where(&touch::trait, value), att::last_touch)};
}

/// Where the paths of those who never converted end: with the last touchpoint of all.
examples::instant end_of_data(journeys_type const& journeys) {
    auto latest = examples::instant::min();
    auto const& touches = journeys.touchpoints();
    for (std::size_t row = 0; row < touches.size(); ++row)
        latest = std::max(latest, touches.time(row));
    return latest;
}

described learned(model_choice const& one, asked_selector const& selector, settings const& asked,
                  journeys_type const& journeys, policy_type const& policy) {
    auto const others = att::until(end_of_data(journeys), not_excluded(asked));
    if (one.kind == "shapley")
        return {
            "a channel weighs by its average contribution to the sets of channels that it is "
            "part of (Shapley values), learned from all paths.",
            att::fit(journeys, att::over(selector, att::shapley(&touch::channel)), policy, others)};
    auto const order = static_cast<std::size_t>(parameter(one, 0, 1));
    return {fmt::format("a channel weighs by how many conversions would be lost without it, in a "
                        "Markov chain {}learned from all paths.",
                        order == 1 ? std::string{} : fmt::format("of order {} ", order)),
            att::fit(journeys, att::over(selector, att::markov(&touch::channel, {.order = order})),
                     policy, others)};
}

}  // namespace

asked_models models_of(settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    asked_selector const selector{asked.sessions, asked.once_per_channel};
    asked_models result;
    for (auto const& one : asked.models) {
        auto const learns = one.kind == "markov" || one.kind == "shapley";
        described made;
        try {
            made = learns ? learned(one, selector, asked, journeys, policy) : by_rule(one, asked);
        } catch (att::fit_error const& error) {
            result.left_out.push_back(fmt::format("{}: {}", one.name, error.what()));
            continue;
        }
        add_model(result.models, one.name, made.text,
                  learns || selector.all() ? made.model : weigh{att::over(selector, made.model)});
    }
    if (result.models.empty())  // a report of nothing is still a report
        add_model(result.models, "linear", "all touchpoints of a path share evenly.", att::linear);
    return result;
}

}  // namespace own_files
