// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/credit/argument_checks.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/learn/area_under_curve.hpp>
#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/engine/learn/learned_paths.hpp>
#include <attribution/engine/learn/monotone_rates.hpp>
#include <attribution/engine/learn/path_counter.hpp>
#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/learn.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/model.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How well a learned model predicts who converts, among customers from whom it did not learn.
struct prediction_quality {
    std::uint64_t conversions = 0;  // paths that were predicted: these converted
    std::uint64_t nulls = 0;        // and these did not
    double auc = 0.5;               // the area under the ROC curve; 1/2 is chance
    double standard_error = 0;      // of the area
    double log_loss = 0;            // the mean of -ln of what was predicted for what happened
    double base_log_loss = 0;       // the same if all paths are given the rate of all

    /// The card, with these figures among what it says.
    [[nodiscard]] model_card on(model_card card) const {
        card.more.emplace_back(std::string{"AUC, held out"},
                               detail::number_text(auc) + " +- " +
                                   detail::number_text(standard_error));
        card.more.emplace_back(std::string{"log-loss, held out"},
                               detail::number_text(log_loss) + "; without a model " +
                                   detail::number_text(base_log_loss));
        return card;
    }
};

namespace detail {

/// What the model says of a path by `score(path)`; otherwise the sum of the weights that it gives to the
/// touchpoints.
template <class Model, class Path>
double score_of(Model const& m, Path const& steps, std::vector<double>& scratch) {
    if constexpr (requires { m.score(steps); }) {
        double const score = m.score(steps);
        if (score != score)
            throw std::domain_error{
                "predictive_quality: the model's score of a path is not a number"};
        return score;
    } else {
        scratch.assign(steps.size(), 0.0);
        m(steps, weights{scratch});
        detail::check_weights(steps, scratch);
        double sum = 0;
        for (auto const weight : scratch)
            sum += weight;
        return sum;
    }
}

/// Rates of conversion by score, from paths that a model learned from; and what they predict for
/// others.
struct judged_half {
    std::vector<valued_paths> learned_from;
    std::vector<valued_paths> held_out;

    void add_to(prediction_quality& all, exact_sum& losses, exact_sum& base_losses) const {
        ended_paths seen;
        for (auto const& one : learned_from)
            seen += one.paths;
        monotone_rates const rates{learned_from};
        auto const base = static_cast<double>(seen.conversions) / static_cast<double>(seen.size());
        for (auto const& one : held_out) {
            bool const converted = one.paths.conversions != 0;
            auto const rate = rates(one.score);
            losses.add(-detail::logarithm(converted ? rate : 1 - rate));
            base_losses.add(-detail::logarithm(converted ? base : 1 - base));
            (converted ? all.conversions : all.nulls) += 1;
        }
    }
};

}  // namespace detail

struct predictive_quality_fn : detail::journey_algorithm<predictive_quality_fn> {
    using detail::journey_algorithm<predictive_quality_fn>::operator();

    /// How well do the models of an estimator predict who converts? For any estimator, also of your
    /// own: the figures of different ones can be compared.
    ///
    /// Arguments:  those of `fit`: [parallel{n},] journeys, or conversions and touchpoints; an
    ///             estimator; a policy; where windows without a conversion end.
    /// Definition: a hash of the customer's key, the same on every machine, says which half a
    ///             customer is in. Each half is predicted by the model that is learned from the other.
    ///             The score of a path is the sum of the weights that the model gives to its
    ///             touchpoints, what it would miss without them; or what its `score(path)` says, if it
    ///             has that: any number that is larger where a conversion is likelier. `auc` is the mean of the two halves'
    ///             areas, each over all pairs of a path that converted and one that did not, ties
    ///             counting half. For `log_loss`, scores become probabilities by the monotone rates of
    ///             the half that the model learned from, with half a conversion and half a path
    ///             without one added to each step.
    /// Edges:      a model whose weights only share out, as those of `shapley`'s game of conversions do, has
    ///             an area of 1/2. Paths without a touchpoint are not predicted. A customer's paths are all in one
    ///             half.
    /// What it means: a model that predicts well has seen what goes along with conversions. It may
    ///             still be wrong about what causes them: a brand search predicts best of all.
    ///             Estimators that read ages are only to be compared with each other: windows without
    ///             a conversion end later, and so ages alone tell much of who did not convert.
    /// Errors:     fit_error if a half has no conversion, or no path without one; otherwise as `fit`;
    ///             std::domain_error if a weight is negative or not finite.
    /// Complexity: two times `fit` of a half, and O(p log p) for p paths. On one thread, whatever
    ///             `parallel` says.
    /// Source:     two-fold cross-validation: Stone, 1974; log-loss is a proper score: Gneiting,
    ///             Raftery, 2007, "Strictly proper scoring rules, prediction, and estimation".
    template <class Journeys, estimator Estimator, class Policy = always_policy,
              class Windows = open_windows<detail::latest_time, detail::same_policy>>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] prediction_quality operator()(parallel, Journeys const& joined,
                                                Estimator const& how, Policy const& p = {},
                                                Windows const& windows = {}) const {
        detail::check_policy<Policy, Journeys>();
        using touchpoints = std::remove_cvref_t<decltype(joined.touchpoints())>;
        using amount_type = typename Journeys::value_type;
        using channel = detail::kept_channel<
            std::invoke_result_t<decltype(how.channel) const&, typename touchpoints::reference>>;
        auto const make = [&] {
            return detail::path_counter{how.template counts<channel, amount_type>(), how};
        };
        auto const half_of = [&](auto const& steps) {
            return detail::bucket_of_customer(joined.touchpoints(), steps[0].row()) % 2;
        };
        std::array counters{make(), make()};
        std::array<detail::ended_paths, 2> counted;
        detail::for_each_learned_path(joined, p, windows, [&](auto const& steps, bool converted) {
            if (steps.empty())
                return;
            auto const half = half_of(steps);
            counters[half].add(steps, outcome<Journeys>(joined, steps, converted));
            (converted ? counted[half].conversions : counted[half].nulls) += 1;
        });
        for (auto const& half : counted)
            check(half);

        std::array const models{counters[0].counts().solve(), counters[1].counts().solve()};
        std::array<detail::judged_half, 2> judged;  // by the model
        std::vector<double> scratch;
        detail::for_each_learned_path(joined, p, windows, [&](auto const& steps, bool converted) {
            if (steps.empty())
                return;
            auto const half = half_of(steps);
            for (std::size_t which = 0; which < 2; ++which) {
                detail::ended_paths const one{converted ? 1U : 0U, converted ? 0U : 1U};
                auto& scores = which == half ? judged[which].learned_from : judged[which].held_out;
                scores.push_back({one, detail::score_of(models[which], steps, scratch)});
            }
        });
        return quality(judged);
    }

  private:
    template <class Journeys, class Path>
    static path_outcome<typename Journeys::value_type> outcome(Journeys const& joined,
                                                               Path const& steps, bool converted) {
        using amount_type = typename Journeys::value_type;
        if (!converted)
            return {0, amount_type{}, 1};
        return {1, joined.conversions().value(steps.about().row()), 0};
    }

    static void check(detail::ended_paths const& half) {
        if (half.conversions == 0)
            throw fit_error{fit_failure::no_converting_path,
                            "predictive_quality: in one half of the customers no path converted; "
                            "this needs more customers"};
        if (half.nulls == 0)
            throw fit_error{fit_failure::no_null_path,
                            "predictive_quality: in one half of the customers every path "
                            "converted, so there is nothing to predict"};
    }

    static prediction_quality quality(std::array<detail::judged_half, 2> const& judged) {
        prediction_quality all;
        detail::exact_sum losses;
        detail::exact_sum base_losses;
        for (auto const& half : judged)
            half.add_to(all, losses, base_losses);
        auto const paths = static_cast<double>(all.conversions + all.nulls);
        all.auc = (detail::area_under_curve(judged[0].held_out) +
                   detail::area_under_curve(judged[1].held_out)) /
                  2;
        all.standard_error = detail::standard_error(all.auc, {all.conversions, all.nulls});
        all.log_loss = losses.value() / paths;
        all.base_log_loss = base_losses.value() / paths;
        return all;
    }
};

/// How well does a learned model predict customers whom it has not seen? The arguments are those of
/// `predictive_quality_fn`.
inline constexpr predictive_quality_fn predictive_quality{};

}  // namespace attribution
