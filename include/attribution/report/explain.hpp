// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/credit/credit_history.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/report/accounting.hpp>
#include <attribution/engine/report/part_number.hpp>
#include <attribution/engine/report/verdict.hpp>
#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// What became of one touchpoint, over all conversions of its key.
template <amount Amount>
struct touchpoint_audit {
    outcome what = outcome::no_such_key;
    detail::part_number part;  // of the policy: the one that refused it, or whose window it missed
    std::uint32_t credits = 0;
    std::size_t conversion = no_row;  // the first row where it got furthest
    Amount amount{};
};

/// What became of one conversion.
struct conversion_audit {
    std::size_t path_length = 0;  // eligible touchpoints
    std::size_t first_credit = 0;
    std::size_t credits = 0;  // audit.credits()[first_credit ...]; the unattributed one included
    outcome what = outcome::no_such_key;  // credited, or how far its touchpoints got
    detail::part_number part;
};

/// How many touchpoints, or conversions, share an outcome.
struct outcome_count {
    outcome what;
    std::size_t part;
    std::size_t count;
    std::string text;
};

/// The account of an attribution: every touchpoint with its credits or the reason why it earned
/// none, every conversion with its path and its credits, or why it is unattributed. Made by
/// `explain`. A temporary returns copies.
template <class Conversions, class Touchpoints>
class audit {
  public:
    using amount_type = typename Conversions::value_type;
    using ledger_type = ledger<Conversions, Touchpoints, amount_type>;

    audit(detail::large_vector<touchpoint_audit<amount_type>> touchpoints,
          detail::large_vector<conversion_audit> conversions, ledger_type credits,
          std::vector<std::string> parts)
        : touchpoints_{std::move(touchpoints)}, conversions_{std::move(conversions)},
          credits_{std::move(credits)}, parts_{std::move(parts)} {}

    /// One per touchpoint, by row.
    [[nodiscard]] std::span<touchpoint_audit<amount_type> const> touchpoints() const& {
        return touchpoints_;
    }
    [[nodiscard]] std::vector<touchpoint_audit<amount_type>> touchpoints() const&& {
        return {touchpoints_.begin(), touchpoints_.end()};
    }
    /// One per conversion, by row.
    [[nodiscard]] std::span<conversion_audit const> conversions() const& noexcept {
        return conversions_;
    }
    [[nodiscard]] std::vector<conversion_audit> conversions() const&& {
        return {conversions_.begin(), conversions_.end()};
    }

    /// The same credits that `attribute` gives.
    [[nodiscard]] ledger_type const& credits() const& noexcept { return credits_; }
    [[nodiscard]] ledger_type credits() const&& { return credits_; }

    /// The parts of the policy, in the order in which reasons number them. The last part is the
    /// default that nothing after the conversion counts.
    [[nodiscard]] std::span<std::string const> parts() const& noexcept { return parts_; }
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
                return refusal{touchpoints_[row].what, touchpoints_[row].part};
            },
            [&](std::size_t row) { return touchpoint_reason(row); });
    }

    /// Conversions by reason; the counts add up to the number of conversions. Those that `counted`
    /// left out come last, by rule.
    [[nodiscard]] std::vector<outcome_count> conversion_counts() const {
        auto result = counts(
            conversions_.size(),
            [&](std::size_t row) {
                return refusal{conversions_[row].what, conversions_[row].part};
            },
            [&](std::size_t row) { return conversion_reason(row); });
        if constexpr (requires { credits_.conversions().not_counted(); })
            for (auto const& one : credits_.conversions().not_counted())
                add_not_counted(result, one.rule);
        return result;
    }

  private:
    using refusal = std::pair<outcome, std::size_t>;  // and the part that gives it

    template <class Audit>
    static Audit const& in_row(detail::large_vector<Audit> const& all, std::size_t row,
                               char const* what) {
        if (row >= all.size())
            throw std::out_of_range{std::string{"explain: there is no "} + what + " row " +
                                    std::to_string(row) + " among " + std::to_string(all.size())};
        return all[row];
    }

    static void add_not_counted(std::vector<outcome_count>& result, std::string_view rule) {
        auto const text =
            std::string{to_string(outcome::not_counted)} + " (" + std::string{rule} + ")";
        auto const place = std::find_if(result.begin(), result.end(),
                                        [&](auto const& one) { return one.text == text; });
        if (place == result.end())
            result.push_back({outcome::not_counted, no_row, 1, text});
        else
            ++place->count;
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
            while (place != result.end() && refusal{place->what, place->part} < refusal{what, part})
                ++place;
            if (place == result.end() || place->what != what || place->part != part)
                place = result.insert(place, {what, part, 0, text(row)});
            ++place->count;
        }
        return result;
    }

    detail::large_vector<touchpoint_audit<amount_type>> touchpoints_;
    detail::large_vector<conversion_audit> conversions_;
    ledger_type credits_;
    std::vector<std::string> parts_;
};

namespace detail {

template <class Journeys, class Model, class Policy>
auto account_for(Journeys const& journeys, Model const& m, Policy const& p) {
    auto const& conversions = journeys.conversions();
    auto const& touchpoints = journeys.touchpoints();
    if (detail::count_parts(p) >= part_number::most_parts)
        throw std::length_error{"explain: the policy has more than 16,777,214 parts"};
    accounting<Journeys, touchpoint_audit<typename Journeys::value_type>, conversion_audit> account{
        journeys};
    account.convert_all(m, p);

    std::vector<std::string> parts;
    detail::name_parts(p, parts);
    parts.emplace_back("nothing after the conversion");
    return audit<std::remove_cvref_t<decltype(conversions)>,
                 std::remove_cvref_t<decltype(touchpoints)>>{
        std::move(account.touched), std::move(account.converted),
        ledger{conversions, touchpoints, std::move(account.credits)}, std::move(parts)};
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
    /// Errors:     as `attribute`; std::overflow_error if one touchpoint's credits do not fit, or are more
    ///             than 4,294,967,295; std::length_error if the policy has more than 16,777,214 parts.
    /// Complexity: one verdict for every pair of a conversion and a touchpoint of its key between
    ///             the earliest beginning of a window and the conversion. A touchpoint that no
    ///             window brings together with conversions costs O(1), however many these are; but
    ///             where a window ends before its conversion, O(1) for each conversion before it.
    ///             24 bytes per touchpoint, 32 more for each that earns several credits, and 32 per
    ///             conversion, beside the credits. With
    ///             `parallel{n}` the join is made on several threads, the account on one.
    template <class Journeys, class Model, class Policy = always_policy>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] auto operator()(parallel, Journeys const& joined, Model const& m,
                                  Policy const& p = {}) const {
        static_assert(!detail::is_model_list<Model>,
                      "attribution: explain() accounts for one model; call it once for each");
        detail::check_policy<Policy, Journeys>();
        detail::check_model<Journeys, Model>();
        if constexpr (detail::asks_credited<Policy>) {
            auto const history = detail::history_of(joined, m, p);
            return detail::account_for(joined, m, detail::settled_policy{p, history});
        } else {
            return detail::account_for(joined, m, p);
        }
    }
};

/// Why did this touchpoint, or this conversion, get nothing? The arguments are those of
/// `explain_fn`.
inline constexpr explain_fn explain{};

}  // namespace attribution
