// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/join.hpp>
#include <attribution/model/models.hpp>
#include <attribution/model/path.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution {

/// What became of one touchpoint, over all conversions of its key.
template <amount Amount>
struct touchpoint_audit {
    outcome what = outcome::no_such_key;
    std::size_t part = no_row;  // of the policy: the one that refused it, or whose window it missed
    std::size_t conversion = no_row;  // the first row where it got furthest
    std::size_t credits = 0;
    Amount amount{};
};

/// What became of one conversion.
struct conversion_audit {
    std::size_t path_length = 0;  // eligible touchpoints
    std::size_t first_credit = 0;
    std::size_t credits = 0;  // audit.credits()[first_credit ...]; the unattributed one included
    outcome what = outcome::no_such_key;  // credited, or how far its touchpoints got
    std::size_t part = no_row;
};

/// How many touchpoints, or conversions, share an outcome.
struct outcome_count {
    outcome what;
    std::size_t part;
    std::size_t count;
    std::string text;
};

namespace detail {

struct any_visitor {
    template <class Policy>
    constexpr void operator()(Policy const&) const {}
};

/// Does the policy list its parts, all of which must admit?
template <class Policy>
concept has_parts = requires(Policy const& p) {
    p.for_each_part(any_visitor{});
};

template <class Policy>
void name_parts(Policy const& p, std::vector<std::string>& names) {
    if constexpr (has_parts<Policy>)
        p.for_each_part([&](auto const& part) { name_parts(part, names); });
    else
        names.push_back(detail::policy_name(p));
}

template <class Policy>
constexpr std::size_t count_parts(Policy const& p) {
    std::size_t count = 0;
    if constexpr (has_parts<Policy>)
        p.for_each_part([&](auto const& part) { count += detail::count_parts(part); });
    else
        count = 1;
    return count;
}

struct verdict {
    outcome what = outcome::credited;  // here: admitted
    std::size_t part = no_row;

    constexpr bool admitted() const { return what == outcome::credited; }
};

enum class asked { windows, tests };

/// The first part that refuses the step, looking at windows or at tests only; `part` is the number of
/// the policy's first part.
template <class Policy, class Step>
constexpr verdict refusal_of(Policy const& p, Step const& s, asked which, std::size_t part) {
    if constexpr (has_parts<Policy>) {
        verdict first;
        p.for_each_part([&](auto const& one) {
            if (!first.admitted())
                return;
            first = refusal_of(one, s, which, part);
            part += detail::count_parts(one);
        });
        return first;
    } else if constexpr (only_window<Policy, Step>) {
        if (which == asked::windows) {
            auto const window = detail::window_of(p, s.about());
            if (s.at() < window.from)
                return {outcome::before_window, part};
            if (window.until < s.at())
                return {outcome::after_window, part};
        }
    } else if (which == asked::tests && !p(s)) {
        if constexpr (requires { Policy::refusal; })
            return {Policy::refusal, part};
        else
            return {outcome::refused, part};
    }
    return {};
}

/// Checks windows first, the default window before those of the policy: the tests matter only for a
/// touchpoint inside all windows.
template <class Policy, class Step>
constexpr verdict judge(Policy const& p, Step const& s) {
    if (!decides_time<Policy> && s.about().at() < s.at())
        return {outcome::after_window, detail::count_parts(p)};
    auto const missed = detail::refusal_of(p, s, asked::windows, 0);
    return missed.admitted() ? detail::refusal_of(p, s, asked::tests, 0) : missed;
}

/// Equally far is not further: among touchpoints that got equally far, the first is reported.
constexpr bool further(outcome what, std::size_t part, outcome than, std::size_t than_part) {
    return what != than ? what > than : part != no_row && (than_part == no_row || part > than_part);
}

}  // namespace detail

/// The account of an attribution: every touchpoint with its credits or the reason why it earned
/// none, every conversion with its path and its credits, or why it is unattributed. Made by
/// `explain`. A temporary returns copies.
template <class Conversions, class Touchpoints>
class audit {
  public:
    using amount_type = typename Conversions::value_type;
    using ledger_type = ledger<Conversions, Touchpoints, amount_type>;

    audit(std::vector<touchpoint_audit<amount_type>> touchpoints,
          std::vector<conversion_audit> conversions, ledger_type credits,
          std::vector<std::string> parts)
        : touchpoints_{std::move(touchpoints)}, conversions_{std::move(conversions)},
          credits_{std::move(credits)}, parts_{std::move(parts)} {}

    /// One per touchpoint, by row.
    [[nodiscard]] std::span<touchpoint_audit<amount_type> const> touchpoints() const& {
        return touchpoints_;
    }
    [[nodiscard]] std::vector<touchpoint_audit<amount_type>> touchpoints() const&& {
        return touchpoints_;
    }
    /// One per conversion, by row.
    [[nodiscard]] std::span<conversion_audit const> conversions() const& { return conversions_; }
    [[nodiscard]] std::vector<conversion_audit> conversions() const&& { return conversions_; }

    /// The same credits that `attribute` gives.
    [[nodiscard]] ledger_type const& credits() const& { return credits_; }
    [[nodiscard]] ledger_type credits() const&& { return credits_; }

    /// The parts of the policy, in the order in which reasons number them. The last part is the
    /// default that nothing after the conversion counts.
    [[nodiscard]] std::span<std::string const> parts() const& { return parts_; }
    [[nodiscard]] std::vector<std::string> parts() const&& { return parts_; }

    /// Why a touchpoint earned what it earned: "before the window (lookback)".
    ///
    /// Errors:     std::out_of_range if there is no such row.
    [[nodiscard]] std::string touchpoint_reason(std::size_t row) const {
        auto const& one = in_row(touchpoints_, row, "touchpoint");
        return reason(one.what, one.part);
    }

    /// Why a conversion is unattributed, or "credited".
    ///
    /// Errors:     std::out_of_range if there is no such row.
    [[nodiscard]] std::string conversion_reason(std::size_t row) const {
        auto const& one = in_row(conversions_, row, "conversion");
        switch (one.what) {
        case outcome::credited:
            return "credited";
        case outcome::missing_key:
            return "unusable record: its key is missing";
        case outcome::no_such_key:
            return "no touchpoint has its key";
        case outcome::zero_weight:
            return "the model gave no weight to any touchpoint of its path";
        default:
            return "no eligible touchpoint; the closest: " + reason(one.what, one.part);
        }
    }

    /// Touchpoints by reason; the counts add up to the number of touchpoints.
    [[nodiscard]] std::vector<outcome_count> touchpoint_counts() const {
        return counts(
            touchpoints_.size(),
            [&](std::size_t row) {
                return std::pair{touchpoints_[row].what, touchpoints_[row].part};
            },
            [&](std::size_t row) { return touchpoint_reason(row); });
    }

    /// Conversions by reason; the counts add up to the number of conversions.
    [[nodiscard]] std::vector<outcome_count> conversion_counts() const {
        return counts(
            conversions_.size(),
            [&](std::size_t row) {
                return std::pair{conversions_[row].what, conversions_[row].part};
            },
            [&](std::size_t row) { return conversion_reason(row); });
    }

  private:
    template <class Audit>
    static Audit const& in_row(std::vector<Audit> const& all, std::size_t row, char const* what) {
        if (row >= all.size())
            throw std::out_of_range{std::string{"explain: there is no "} + what + " row " +
                                    std::to_string(row) + " among " + std::to_string(all.size())};
        return all[row];
    }

    std::string reason(outcome what, std::size_t part) const {
        std::string text{to_string(what)};
        if (part != no_row && what == outcome::refused)
            text += " by " + parts_[part];
        else if (part != no_row)
            text += " (" + parts_[part] + ")";
        return text;
    }

    template <class Read, class Text>
    static std::vector<outcome_count> counts(std::size_t size, Read read, Text text) {
        std::vector<outcome_count> result;
        for (std::size_t row = 0; row < size; ++row) {
            auto const [what, part] = read(row);
            auto place = result.begin();
            while (place != result.end() &&
                   std::pair{place->what, place->part} < std::pair{what, part})
                ++place;
            if (place == result.end() || place->what != what || place->part != part)
                place = result.insert(place, {what, part, 0, text(row)});
            ++place->count;
        }
        return result;
    }

    std::vector<touchpoint_audit<amount_type>> touchpoints_;
    std::vector<conversion_audit> conversions_;
    ledger_type credits_;
    std::vector<std::string> parts_;
};

namespace detail {

template <class Journeys, class Model, class Policy>
auto account_for(Journeys const& journeys, Model const& m, Policy const& p) {
    using amount_type = typename Journeys::value_type;
    using time_type = typename Journeys::time_type;
    using step_type = step<typename Journeys::anchor_type>;
    using path_type = typename Journeys::path_type;

    auto const& conversions = journeys.conversions();
    auto const& touchpoints = journeys.touchpoints();
    std::vector<touchpoint_audit<amount_type>> touched(touchpoints.size());
    std::vector<running_total<amount_type>> earned(touchpoints.size());
    std::vector<conversion_audit> converted(conversions.size());
    std::vector<credit<amount_type>> credits;
    for (std::size_t row = 0; row < touchpoints.size(); ++row)
        if (touchpoints.key_is_missing(row))
            touched[row].what = outcome::missing_key;

    detail::crediting<amount_type> crediting;
    detail::workspace<time_type> space;
    std::vector<detail::visit<time_type>> eligible;
    std::vector<bool> has_credit;
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        auto const about = journeys.anchor_of(row);
        auto& conversion = converted[row];
        if (conversions.key_is_missing(row))
            conversion.what = outcome::missing_key;
        auto const note = [&](std::size_t touch, outcome what, std::size_t part) {
            auto& one = touched[touch];
            if (one.conversion == no_row || detail::further(what, part, one.what, one.part)) {
                one.what = what;
                one.part = part;
                one.conversion = row;
            }
            if (detail::further(what, part, conversion.what, conversion.part)) {
                conversion.what = what;
                conversion.part = part;
            }
        };

        eligible.clear();
        journeys.for_each_candidate(row, [&](detail::visit<time_type> const& candidate) {
            auto const verdict = detail::judge(p, step_type{about, candidate});
            if (verdict.admitted())
                eligible.push_back(candidate);
            else
                note(candidate.row, verdict.what, verdict.part);
        });

        conversion.path_length = eligible.size();
        conversion.first_credit = credits.size();
        path_type const steps{about, {eligible.data(), eligible.size()}, space};
        crediting(steps, conversions.value(row), m,
                  [&](credit<amount_type> const& one) { credits.push_back(one); });
        conversion.credits = credits.size() - conversion.first_credit;

        auto next = conversion.first_credit;
        has_credit.assign(eligible.size(), false);
        for (std::size_t i = 0; i < eligible.size(); ++i) {
            if (next == credits.size() || credits[next].touchpoint != eligible[i].row)
                continue;
            has_credit[i] = true;
            note(eligible[i].row, outcome::credited, no_row);
            ++touched[eligible[i].row].credits;
            earned[eligible[i].row].add(credits[next].amount);
            ++next;
        }
        for (std::size_t i = 0; i < eligible.size();) {  // from instant to instant
            auto const first = i;
            bool tied = false;
            for (; i < eligible.size() && eligible[i].at == eligible[first].at; ++i)
                tied = tied || has_credit[i];
            for (auto j = first; j < i; ++j)
                if (!has_credit[j])
                    note(eligible[j].row, tied ? outcome::lost_tie : outcome::zero_weight, no_row);
        }
    }
    for (std::size_t row = 0; row < touchpoints.size(); ++row)
        touched[row].amount = earned[row].value();

    std::vector<std::string> parts;
    detail::name_parts(p, parts);
    parts.emplace_back("nothing after the conversion");
    return audit<std::remove_cvref_t<decltype(conversions)>,
                 std::remove_cvref_t<decltype(touchpoints)>>{
        std::move(touched), std::move(converted),
        ledger{conversions, touchpoints, std::move(credits)}, std::move(parts)};
}

}  // namespace detail

struct explain_fn : detail::journey_algorithm<explain_fn> {
    using detail::journey_algorithm<explain_fn>::operator();

    /// Accounts for every touchpoint and every conversion of an attribution.
    ///
    /// Arguments:  those of `attribute` without a sink: [parallel{n},] journeys, or conversions and
    ///             touchpoints; a model; a policy.
    /// Shape:      a touchpoint that meets several conversions is reported for the one where it got
    ///             furthest: to credit, to the model, to the policy's tests, or to its windows. The
    ///             operands of && are reported separately, by their names (see `named`); an
    ///             expression of || or ! is one part.
    /// Edges:      gives exactly the credits that `attribute` gives.
    /// Errors:     as `attribute`; std::overflow_error if one touchpoint's credits do not fit.
    /// Complexity: one verdict for every pair of a conversion and a touchpoint of its key, inside
    ///             the windows or not. This costs more than `attribute`, which does without. With
    ///             `parallel{n}` the join is made on several threads, the account on one.
    template <class Journeys, class Model, class Policy = always_policy>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] auto operator()(parallel, Journeys const& joined, Model const& m,
                                  Policy const& p = {}) const {
        static_assert(!detail::is_model_list<Model>,
                      "attribution: explain() accounts for one model; call it once for each");
        detail::check_policy<Policy>();
        detail::check_model<Journeys, Model>();
        return detail::account_for(joined, m, p);
    }
};

/// Why did this touchpoint, or this conversion, get nothing? The arguments are those of
/// `explain_fn`.
inline constexpr explain_fn explain{};

}  // namespace attribution
