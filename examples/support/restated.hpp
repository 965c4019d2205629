// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/earlier_run.hpp>
#include <support/instant.hpp>
#include <support/reading.hpp>
#include <support/report_model.hpp>

#include <attribution/credit/ledger.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/restatement.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Why the amounts of a run are not those of an earlier one: --against.
namespace examples {

/// A touchpoint as two runs compare it. Texts are borrowed from the program's records.
struct compared_touchpoint {
    std::string_view id = {};  // empty: it has none
    std::optional<std::string_view> customer = {};
    std::string_view person = {};  // as its table has it: customer, or who leads to one
    std::string_view channel = {};
    std::string_view kind = {}, trait = {};  // what else rules look at, if both runs say it
    instant at = {};
    std::size_t number = 0;  // see run_comparison
};
struct compared_conversion {
    std::string_view id = {};  // empty: it has none
    std::optional<std::string_view> customer = {};
    instant at = {};
    exact_amount value = {};
    std::size_t number = 0;
};
struct compared_records {
    std::vector<compared_touchpoint> touchpoints;
    std::vector<compared_conversion> conversions;
};

/// Records as they are compared, by `seen`; words for nothing are no ids.
template <class Touchpoints, class Conversions, class Seen>
[[nodiscard]] compared_records compared_by(Seen seen, Touchpoints const& touchpoints,
                                           Conversions const& conversions,
                                           std::vector<std::string> const& nothing) {
    compared_records all;
    auto const add = [&](auto& to, auto const& records) {
        for (auto const& record : records) {
            auto& one = to.emplace_back(seen(record));
            if (means_nothing(one.id, nothing))
                one.id = {};
        }
    };
    add(all.touchpoints, touchpoints);
    add(all.conversions, conversions);
    return all;
}

/// A touchpoint as it is compared, as a step of a path.
[[nodiscard]] inline path_step step_of(compared_touchpoint const& one) {
    return {std::string{one.kind}, std::string{one.channel}, std::string{one.person}, one.at, {}};
}

/// Why amounts moved, as attribution::difference says it; and for what the model of another run had
/// learned from other records.
inline constexpr std::size_t restated_reasons = attribution::move_reasons + 1;
/// new conversion, ..., changed model or policy, model learned anew.
[[nodiscard]] std::string_view restated_reason(std::size_t number);

/// What a channel had and has by one model, and why; amounts are in 10^-most_decimals.
struct restated_channel {
    struct part {
        wide_integer amount = 0;
        std::size_t conversions = 0;  // that moved something; 0 if that cannot be told
    };
    std::optional<std::string> channel = {};  // empty: unattributed
    wide_integer was = 0, is = 0;
    std::array<part, restated_reasons> parts = {};  // add up to what `is` is more than `was`
};
struct restated_model {
    std::size_t model = 0;                   // of the report
    std::vector<restated_channel> channels;  // the largest first, unattributed last
};

/// Compares two runs: what was published, the earlier records by the rules of this run (between), and
/// what this run found (after). What the rules did is between less published; the rest is what
/// attribution::difference says of between and after.
///
/// Same:       records with one id, if both runs have ids. Without one, touchpoints of one person,
///             channel and time, and conversions of one customer and time; of several such records
///             first those that say the same, then in the order of their rows. Then touchpoints of one
///             person and time, or of one channel and time, if no other one of their run is: the
///             channel, or the person, is another. Numbers are the same for the same records.
/// Edges:      a touchpoint that is another in kind or trait has changed as if its time had.
/// Complexity: O(n log n) for n records.
class run_comparison {
  public:
    run_comparison(compared_records before, compared_records after);

    /// The row after of each touchpoint before; attribution::no_row if it is gone.
    [[nodiscard]] std::vector<std::size_t> const& touchpoints_now() const { return now_; }

    /// Notes what became of one model. Ledgers are those of the records in their order, `decimals`
    /// the units of both.
    ///
    /// Errors: std::logic_error if the reasons do not add up to the difference.
    template <class Ledger>
    void add(std::size_t model, earlier_run::published const& published, Ledger const& between,
             Ledger const& after, int decimals) {
        auto const parts = [](Ledger const& ledger) {
            return credited{{ledger.begin(), ledger.end()}, ledger.changes()};
        };
        add_model(model, published, parts(between), parts(after), decimals);
    }

    [[nodiscard]] std::vector<restated_model> const& models() const { return models_; }
    /// Whether both runs have ids of them.
    [[nodiscard]] bool touchpoints_have_ids() const { return touchpoint_ids_; }
    [[nodiscard]] bool conversions_have_ids() const { return conversion_ids_; }

  private:
    struct credited {
        std::vector<attribution::credit<exact_amount>> credits;
        std::vector<attribution::value_change<exact_amount>> changes;
    };

    void add_model(std::size_t model, earlier_run::published const& published,
                   credited const& between, credited const& after, int decimals);

    void mark_changed();

    compared_records before_, after_;
    std::vector<std::size_t> now_;
    bool touchpoint_ids_ = false, conversion_ids_ = false;
    std::vector<restated_model> models_;
};

/// The models of this run as they are by the earlier records, from `then`, those that were made of
/// them: one that nothing can be learned for there gives nothing to anybody.
template <class Journeys>
[[nodiscard]] std::vector<shown_model<Journeys>>
models_then(std::vector<shown_model<Journeys>> models,
            std::vector<shown_model<Journeys>> const& then) {
    for (auto& one : models) {
        auto const made = std::ranges::find(
            then, one.shown.name, [](auto const& model) -> auto& { return model.shown.name; });
        one.weigh = made != then.end()
                        ? made->weigh
                        : [](typename Journeys::path_type const&, attribution::weights) {};
    }
    return models;
}

/// Which models both runs have, which only one.
struct models_of_both {
    std::vector<std::pair<std::size_t, earlier_run::published>> both;  // place in the report
    std::vector<std::string> fresh, gone;                              // titles, names
};
/// Errors: CLI::ValidationError if they have none in common.
[[nodiscard]] models_of_both models_in_both(report_model const& report, earlier_run const& earlier);

/// Tells the report: tables `restatement` (every model, channel and reason) and
/// `restated_by_channel` (the chosen model: was, reasons, is), a section of the page with its key
/// figures, what changed in sentences, and an option.
void describe_restatement(report_model& report, run_comparison const& compared,
                          models_of_both const& models, earlier_run const& earlier);

/// The same, from the credits by the models of the report, which are those of the run: `between`, of
/// the earlier records, and `after`.
///
/// Errors: CLI::ValidationError if both runs have no model in common.
template <class Ledger>
void describe_restatement(report_model& report, run_comparison comparison,
                          std::vector<Ledger> const& between, std::vector<Ledger> const& after,
                          earlier_run const& earlier) {
    auto const both = models_in_both(report, earlier);
    for (auto const& [model, published] : both.both)
        comparison.add(model, published, between[model], after[model], report.unit_decimals);
    describe_restatement(report, comparison, both, earlier);
}

/// The same for the terminal; empty if nothing was compared.
[[nodiscard]] std::string restatement_text(report_model const& report);

}  // namespace examples
