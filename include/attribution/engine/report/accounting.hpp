// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/report/verdict.hpp>
#include <attribution/join.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/outcome.hpp>

#include <cstddef>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Attributes one conversion after the other, and notes what becomes of each record: its credits,
/// or how far it got. `Touched` and `Converted` are what is kept for each touchpoint and
/// conversion.
template <class Journeys, class Touched, class Converted>
class accounting {
    using amount_type = typename Journeys::value_type;
    using time_type = typename Journeys::time_type;
    using visit_type = visit<time_type>;

  public:
    explicit accounting(Journeys const& journeys)
        : touched(journeys.touchpoints().size()),
          converted(journeys.conversions().size()), journeys_{&journeys}, earned_(touched.size()) {
        for (std::size_t row = 0; row < touched.size(); ++row)
            if (journeys.touchpoints().key_is_missing(row))
                touched[row].what = outcome::missing_key;
    }

    /// To be called once for each row, in order.
    template <class Model, class Policy>
    void convert(std::size_t row, Model const& m, Policy const& p) {
        if (journeys_->conversions().key_is_missing(row))
            converted[row].what = outcome::missing_key;
        auto const about = journeys_->anchor_of(row);
        find_eligible(about, p);
        share_out(about, m);
        note_credited(row);
        note_uncredited(row);
    }

    /// To be called after the last conversion.
    void add_up() {
        for (std::size_t row = 0; row < touched.size(); ++row)
            touched[row].amount = earned_[row].value();
    }

    std::vector<Touched> touched;
    std::vector<Converted> converted;
    large_vector<credit<amount_type>> credits;

  private:
    using anchor_type = typename Journeys::anchor_type;

    template <class Policy>
    void find_eligible(anchor_type const& about, Policy const& p) {
        eligible_.clear();
        journeys_->for_each_candidate(about.row(), [&](visit_type const& candidate) {
            auto const verdict = detail::judge(p, step<anchor_type>{about, candidate});
            if (verdict.admitted())
                eligible_.push_back(candidate);
            else
                note(about.row(), candidate.row, verdict.what, verdict.part);
        });
    }

    template <class Model>
    void share_out(anchor_type const& about, Model const& m) {
        auto& conversion = converted[about.row()];
        conversion.path_length = eligible_.size();
        conversion.first_credit = credits.size();
        typename Journeys::path_type const steps{
            about, {eligible_.data(), eligible_.size()}, space_};
        crediting_.hand_out(steps, journeys_->conversions().value(about.row()), m,
                            [&](credit<amount_type> const& one) { credits.push_back(one); });
        conversion.credits = credits.size() - conversion.first_credit;
    }

    /// Credits are in the order of the path; touchpoints without a credit are left out.
    void note_credited(std::size_t row) {
        auto next = converted[row].first_credit;
        has_credit_.assign(eligible_.size(), false);
        for (std::size_t i = 0; i < eligible_.size(); ++i) {
            auto const touch = eligible_[i].row;
            if (next == credits.size() || credits[next].touchpoint != touch)
                continue;
            has_credit_[i] = true;
            note(row, touch, outcome::credited, no_row);
            ++touched[touch].credits;
            earned_[touch].add(credits[next].amount);
            ++next;
        }
    }

    /// A touchpoint without credit lost a tie if another one at the same instant has credit.
    void note_uncredited(std::size_t row) {
        for (std::size_t i = 0; i < eligible_.size();) {
            auto const first = i;
            bool tied = false;
            for (; i < eligible_.size() && eligible_[i].at == eligible_[first].at; ++i)
                tied = tied || has_credit_[i];
            for (auto j = first; j < i; ++j)
                if (!has_credit_[j])
                    note(row, eligible_[j].row, tied ? outcome::lost_tie : outcome::zero_weight,
                         no_row);
        }
    }

    void note(std::size_t row, std::size_t touch, outcome what, std::size_t part) {
        auto& one = touched[touch];
        if (one.conversion == no_row || detail::further(what, part, one.what, one.part)) {
            one.what = what;
            one.part = part;
            one.conversion = row;
        }
        auto& conversion = converted[row];
        if (detail::further(what, part, conversion.what, conversion.part)) {
            conversion.what = what;
            conversion.part = part;
        }
    }

    Journeys const* journeys_;
    std::vector<running_total<amount_type>> earned_;  // by touchpoint
    crediting<amount_type> crediting_;
    workspace<time_type> space_;
    std::vector<visit_type> eligible_;
    std::vector<bool> has_credit_;
};

}  // namespace attribution::detail
