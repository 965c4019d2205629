// SPDX-License-Identifier: BSL-1.0
#include "rules.hpp"

#include <attribution/credit/refunds.hpp>
#include <attribution/learn/additive_hazard.hpp>
#include <attribution/learn/bagged_logistic.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/survival.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/full_path.hpp>
#include <attribution/model/inverse_j_shaped.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/ranked.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/w_shaped.hpp>
#include <attribution/policy/since_previous_conversion.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace att = attribution;

namespace own_files {

namespace {

constexpr std::size_t most_ranks = 5;

struct known_model {
    std::string_view kind, name;
    std::size_t most_parameters;
    bool learned = false;
};
constexpr auto known_models =
    std::to_array<known_model>({{"first", "first_touch", 0},
                                {"last", "last_touch", 0},
                                {"linear", "linear", 0},
                                {"position", "position_based", 3},
                                {"j", "j_shaped", 0},
                                {"inverse_j", "inverse_j_shaped", 0},
                                {"decay", "time_decay", 1},
                                {"stepped", "stepped_time_decay", 1},
                                {"position_decay", "position_decay", 0},
                                {"ranked", "ranked", most_ranks},
                                {"w_shaped", "w_shaped", 2},
                                {"full_path", "full_path", 2},
                                {"markov", "markov", 1, true},
                                {"shapley", "shapley", 0, true},
                                {"ordered_shapley", "ordered_shapley", 0, true},
                                {"shapley_rates", "shapley_rates", 0, true},
                                {"probabilistic", "probabilistic", 0, true},
                                {"bagged_logistic", "bagged_logistic", 0, true},
                                {"additive_hazard", "additive_hazard", 1, true},
                                {"survival", "survival", 1, true}});

/// Those whose parameter is a length of time, and what it is.
constexpr auto lengths =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"decay", "half-life"},
                                                                  {"stepped", "half-life"},
                                                                  {"additive_hazard", "unit"},
                                                                  {"survival", "unit"}});

bool of_milestones(model_choice const& one) {
    return one.kind == "w_shaped" || one.kind == "full_path";
}

void check_parameters(model_choice const& one) {
    if (one.kind == "position" && !one.parameters.empty()) {
        std::int64_t sum = 0;
        for (auto const& part : one.parameters)
            sum += std::min<std::int64_t>(whole_number(part).value_or(1'000), 1'000);
        if (one.parameters.size() != 3 || sum != 100)
            refuse("--models", fmt::format("position:{} needs three whole percentages that add up "
                                           "to 100, as in position:40:20:40",
                                           fmt::join(one.parameters, ":")));
    }
    for (auto const& [kind, what] : lengths)
        if (one.kind == kind && !one.parameters.empty() &&
            length_of("--models", one.parameters[0]).count() == 0)
            refuse("--models",
                   fmt::format("{}:0 has no {}, write it like {}:7d", kind, what, kind));
    if (one.kind == "ranked") {
        std::int64_t sum = 0;
        for (auto const& weight : one.parameters)
            sum += std::min<std::int64_t>(whole_number(weight).value_or(10'000), 10'000);
        if (sum == 0 || sum >= 10'000)
            refuse("--models", fmt::format("ranked:{} needs 1 to {} whole weights of together 1 to "
                                           "9999, the latest first, as in ranked:6:2",
                                           fmt::join(one.parameters, ":"), most_ranks));
    }
    if (of_milestones(one) && one.parameters.size() != 2)
        refuse("--models", fmt::format("{0} needs the kinds of two touchpoints, as in "
                                       "{0}:lead:opportunity",
                                       one.kind));
    if (one.kind == "markov" && !one.parameters.empty()) {
        auto const order = whole_number(one.parameters[0]);
        if (!order || *order < 1 || *order > 5)
            refuse("--models",
                   fmt::format("markov:{} has no order between 1 and 5", one.parameters[0]));
    }
}

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

/// A half-life or a unit of time.
std::chrono::seconds length(model_choice const& one, std::chrono::seconds otherwise) {
    return one.parameters.empty() ? otherwise : length_of("--models", one.parameters[0]);
}

int parameter(model_choice const& one, std::size_t which, int otherwise) {
    return which < one.parameters.size() ? std::atoi(one.parameters[which].c_str()) : otherwise;
}

struct described {
    std::string text;
    weigh model;
};

/// As many weights as --models may have; those of 0 change nothing.
described by_rank(model_choice const& one) {
    double weights[most_ranks] = {};
    for (std::size_t i = 0; i < one.parameters.size(); ++i)
        weights[i] = parameter(one, i, 0);
    return {fmt::format("the last {} touchpoints weigh {}, the latest first.",
                        one.parameters.size(), fmt::join(one.parameters, ", ")),
            att::ranked(weights)};
}

described by_milestones(model_choice const& one) {
    auto const made = [&](std::size_t which) {
        return [kind = examples::folded(one.parameters[which])](touch const& seen) {
            return examples::folded(seen.kind) == kind;
        };
    };
    bool const whole = one.kind == "full_path";
    auto const text =
        fmt::format("{} for the first touchpoint, that of kind {}, that of kind {}{}; the others "
                    "share 10 %.",
                    whole ? "22.5 % each" : "30 % each", one.parameters[0], one.parameters[1],
                    whole ? " and the last" : "");
    return whole ? described{text, att::full_path(made(0), made(1))}
                 : described{text, att::w_shaped(made(0), made(1))};
}

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
        auto const life = length(one, date::days{7});
        auto const text =
            fmt::format("a touchpoint weighs half as much for every {}{} that it lies "
                        "further back.",
                        one.kind == "decay" ? "" : "whole ", length_text(life));
        return one.kind == "decay" ? described{text, att::time_decay(life)}
                                   : described{text, att::stepped_time_decay(life)};
    }
    if (one.kind == "ranked")
        return by_rank(one);
    if (of_milestones(one))
        return by_milestones(one);
    auto const& [column, value] = *asked.last_non;
    return {fmt::format("the last touchpoint whose {} is not {} gets all of the conversion; the "
                        "last of all, if there is no other.",
                        column, value),
            att::prefer(!att::where([](touch const& seen) { return seen.trait.view(); }, value),
                        att::last_touch)};
}

/// Where the paths of those who never converted end: with the last touchpoint of all.
examples::instant end_of_data(journeys_type const& journeys) {
    auto latest = examples::instant::min();
    auto const& touches = journeys.touchpoints();
    for (std::size_t row = 0; row < touches.size(); ++row)
        latest = std::max(latest, touches.time(row));
    return latest;
}

/// Learns from all paths: those of converting people by `policy`, those of others by all that they did.
described learned(model_choice const& one, asked_selector const& selector, settings const& asked,
                  journeys_type const& journeys, policy_type const& policy) {
    auto const channel = &touch::channel;
    auto const others = att::until(end_of_data(journeys), not_excluded(asked));
    auto const fitted = [&](auto const& how) {
        return att::fit(journeys, att::over(selector, how), policy, others);
    };
    // Who converts again is not observed for the same time twice.
    auto const fitted_in_time = [&](auto const& how) {
        return att::fit(journeys, att::over(selector, how),
                        policy && att::since_previous_conversion, others);
    };
    if (one.kind == "shapley")
        return {"a channel weighs by its average contribution to the sets of channels that it is "
                "part of (Shapley values), learned from all paths.",
                fitted(att::shapley(channel))};
    if (one.kind == "shapley_rates")
        return {"a channel weighs by what it adds to the rates at which the sets of channels that "
                "it is part of convert (Shapley values), learned from all paths; nothing if it "
                "lowers them.",
                fitted(att::shapley(channel, att::conversion_rate_game,
                                    {.negative = att::negative_values::as_zero}))};
    if (one.kind == "ordered_shapley")
        return {"a channel weighs by its average contribution at its place in the path (ordered "
                "Shapley values), learned from all paths.",
                fitted(att::ordered_shapley(channel))};
    if (one.kind == "probabilistic")
        return {"a channel weighs by how often paths with it convert, alone and in pairs with "
                "each other channel of the path, learned from all paths.",
                fitted(att::probabilistic(channel))};
    if (one.kind == "bagged_logistic")
        return {"a channel weighs by how much it raises the odds of converting (mean of 500 "
                "logistic regressions), learned from all paths; nothing if it lowers them.",
                fitted(att::bagged_logistic(channel))};
    if (one.kind == "additive_hazard")
        return {fmt::format("a touchpoint weighs by its part of the rate at which people convert, "
                            "which fades with its age, in units of {}, learned from all paths.",
                            length_text(length(one, std::chrono::hours{1}))),
                fitted_in_time(att::additive_hazard(channel, length(one, std::chrono::hours{1})))};
    if (one.kind == "survival")
        return {fmt::format("a touchpoint weighs by what it adds to the rate at which people "
                            "convert anyway, and that fades with its age, in units of {}, learned "
                            "from all paths; nothing if it lowers the rate.",
                            length_text(length(one, std::chrono::hours{12}))),
                fitted_in_time(att::survival(channel, length(one, std::chrono::hours{12})))};
    auto const order = static_cast<std::size_t>(parameter(one, 0, 1));
    return {fmt::format("a channel weighs by how many conversions would be lost without it, in a "
                        "Markov chain {}learned from all paths.",
                        order == 1 ? std::string{} : fmt::format("of order {} ", order)),
            fitted(att::markov(channel, {.order = order}))};
}

/// Why a model of milestones means nothing here, if it does.
std::optional<std::string> missing_milestone(model_choice const& one,
                                             journeys_type const& journeys) {
    auto const& touches = journeys.touchpoints();
    for (auto const& kind : one.parameters) {
        bool found = false;
        for (std::size_t row = 0; row < touches.size() && !found; ++row)
            found = examples::folded(touches[row].kind) == examples::folded(kind);
        if (!found)
            return fmt::format("no touchpoint is of kind {}", examples::in_quotes(kind));
    }
    return std::nullopt;
}

}  // namespace

std::vector<model_choice> models_in(std::string const& text) {
    std::vector<model_choice> models;
    for (auto const& word : examples::words_in(text)) {
        auto parts = split(word, ':');
        auto const known = std::ranges::find(known_models, parts[0], &known_model::kind);
        if (known == known_models.end() || parts.size() - 1 > known->most_parameters) {
            std::string all;
            for (auto const& one : known_models)
                all += (all.empty() ? "" : ", ") + std::string{one.kind};
            refuse("--models", fmt::format("'{}' is no model, these are: {}", word, all));
        }
        auto& one = models.emplace_back(model_choice{
            parts[0], {parts.begin() + 1, parts.end()}, std::string{known->name}, known->learned});
        check_parameters(one);
    }
    if (models.empty())
        refuse("--models", "names no model, write it like first,last,linear");
    // Two of a kind are told apart by their parameters, if these are fit for a file's name.
    auto const plain = models;
    for (auto& one : models)
        if (!of_milestones(one) && std::ranges::count(plain, one.name, &model_choice::name) > 1)
            for (auto const& part : one.parameters)
                one.name += '_' + part;
    for (auto const& one : models)
        if (std::ranges::count(models, one.name, &model_choice::name) > 1)
            refuse("--models", fmt::format("'{}' is there twice", one.kind));
    return models;
}

asked_models models_of(settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    asked_selector const selector{asked.sessions, asked.once_per_channel};
    asked_models result;
    for (auto const& one : asked.models) {
        if (of_milestones(one))
            if (auto const why = missing_milestone(one, journeys)) {
                result.left_out.push_back(fmt::format("{}: {}", one.name, *why));
                continue;
            }
        described made;
        try {
            made =
                one.learned ? learned(one, selector, asked, journeys, policy) : by_rule(one, asked);
        } catch (att::fit_error const& error) {
            result.left_out.push_back(fmt::format("{}: {}", one.name, error.what()));
            continue;
        }
        add_model(result.models, one.name, made.text,
                  one.learned || selector.all() ? made.model
                                                : weigh{att::over(selector, made.model)});
    }
    if (result.models.empty())  // a report of nothing is still a report
        add_model(result.models, "linear", "all touchpoints of a path share evenly.", att::linear);
    return result;
}

std::vector<ledger_type> credits_of(journeys_type const& journeys, model_list const& models,
                                    policy_type const& policy, std::vector<sale> const& refunds) {
    auto credits = examples::credits_of(journeys, models, policy);
    if (refunds.empty())
        return credits;
    // Ids that no refund names may be there twice: nothing is taken back by them.
    std::unordered_set<std::string_view> named;
    for (auto const& one : refunds)
        named.insert(one.id);
    auto const id = [&](sale const& sold) {
        return named.contains(sold.id) ? std::optional{sold.id} : std::nullopt;
    };
    auto const taken = att::conversions(refunds, &sale::id, &sale::at, &sale::amount);
    for (auto& each : credits)
        each = att::take_back(each, taken, id).net;
    return credits;
}

}  // namespace own_files
