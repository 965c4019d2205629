// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/money.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/taken_credits.hpp>
#include <attribution/engine/print/text_line.hpp>
#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/hazard_model.hpp>
#include <attribution/learn/logistic_model.hpp>
#include <attribution/learn/markov_model.hpp>
#include <attribution/learn/predictive_quality.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/shapley_model.hpp>
#include <attribution/learn/survival_model.hpp>
#include <attribution/model/path.hpp>
#include <attribution/report/calibrated_report.hpp>
#include <attribution/report/currency_total.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/interval_cell.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/reconciliation.hpp>
#include <attribution/report/report.hpp>
#include <attribution/report/restatement.hpp>
#include <attribution/report/return_on_ad_spend_report.hpp>
#include <attribution/report/top_paths.hpp>
#include <attribution/stream/live_counts.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

namespace attribution::inline v0_1::detail {

inline std::optional<std::size_t> row_or_none(std::size_t row) {
    return row == no_row ? std::nullopt : std::optional{row};
}

template <class Currency, class Units>
struct wording<money<Currency, Units>> {
    static void of(text_line& line, money<Currency, Units> const& m) { line.write(m.units()); }
};

// credit

template <amount Amount>
struct wording<credit<Amount>> {
    static void of(text_line& line, credit<Amount> const& c) {
        line.say("conversion", c.conversion).say("touchpoint", row_or_none(c.touchpoint));
        line.say("amount", c.amount).say("share", c.share);
    }
};
template <amount Amount>
struct wording<value_change<Amount>> {
    static void of(text_line& line, value_change<Amount> const& c) {
        line.say("conversion", c.conversion).say("amount", c.amount);
    }
};
template <class Conversions, class Touchpoints, amount Amount>
struct wording<ledger<Conversions, Touchpoints, Amount>> {
    static void of(text_line& line, ledger<Conversions, Touchpoints, Amount> const& l) {
        line.lines(l);
    }
};
template <amount Amount>
struct wording<taken_credits<Amount>> {
    static void of(text_line& line, taken_credits<Amount> const& taken) {
        line.lines(taken.credits).say("unmatched refunds", taken.unmatched.size());
        line.say("excessive", taken.excessive.size()).note("\n");
    }
};
template <class Ledger>
struct wording<taken_back<Ledger>> : wording<taken_credits<typename Ledger::amount_type>> {};

// model

template <class Anchor>
struct wording<step<Anchor>> {
    static void of(text_line& line, step<Anchor> const& s) {
        line.say("row", s.row()).say("at", s.at()).say("age", s.age());
        line.say("recency", s.recency());
    }
};
template <class Anchor>
struct wording<path<Anchor>> {
    static void of(text_line& line, path<Anchor> const& p) { line.lines(p); }
};

// report

template <amount Amount>
struct wording<cell<Amount>> {
    static void of(text_line& line, cell<Amount> const& c) {
        line.say("amount", c.amount).say("conversions", c.conversions).say("credits", c.credits);
    }
};
template <amount Amount>
struct wording<interval_cell<Amount>> {
    static void of(text_line& line, interval_cell<Amount> const& c) {
        wording<cell<Amount>>::of(line, c);
        line.say("low", c.low).say("high", c.high).say("share", c.share);
        line.say("share low", c.share_low).say("share high", c.share_high);
        line.say("share error", c.share_error);
    }
};

/// The group of a row; unattributed value has none, or that of its conversions only.
template <class Row>
void name_group(text_line& line, Row const& row) {
    if (row.attributed)
        line.about(row.key);
    else if constexpr (is_optional<decltype(row.key)>)
        line.note("(unattributed): ");
    else
        line.write(row.key).note(" (unattributed): ");
}

/// Who earned it; nobody, where that is empty.
template <class Key>
text_line& name_earner(text_line& line, std::optional<Key> const& key) {
    return key ? line.about(*key) : line.note("(unattributed): ");
}

template <class Key, amount Amount, class Cell, class Currency>
struct wording<report_row<Key, Amount, Cell, Currency>> {
    static void of(text_line& line, report_row<Key, Amount, Cell, Currency> const& row) {
        name_group(line, row);
        wording<Cell>::of(line, row);
    }
};
template <class Key, amount Amount, std::size_t Models, class Cell, class Currency>
struct wording<comparison_row<Key, Amount, Models, Cell, Currency>> {
    static void of(text_line& line,
                   comparison_row<Key, Amount, Models, Cell, Currency> const& row) {
        name_group(line, row);
        for (std::size_t i = 0; i < Models; ++i)
            wording<Cell>::of(i == 0 ? line : line.note(" | ").restart(), row[i]);
    }
};
template <class Currency, amount Amount>
struct wording<currency_total<Currency, Amount>> {
    static void of(text_line& line, currency_total<Currency, Amount> const& one) {
        line.about(one.currency).say("total", one.total).say("unattributed", one.unattributed);
    }
};
template <class Row>
struct wording<report<Row>> {
    static void of(text_line& line, report<Row> const& r) { line.lines(r); }
};

template <amount Amount>
struct wording<reach<Amount>> {
    static void of(text_line& line, reach<Amount> const& r) {
        line.say("conversions", r.conversions).say("amount", r.amount);
    }
};
template <class Key, amount Amount>
struct wording<influence_row<Key, Amount>> {
    static void of(text_line& line, influence_row<Key, Amount> const& row) {
        line.about(row.key).say("influenced", row.influenced).say("assisted", row.assisted);
        line.say("last", row.last).say("sole", row.sole).say("touchpoints", row.touchpoints);
    }
};
template <class Row>
struct wording<overlapping_report<Row>> {
    static void of(text_line& line, overlapping_report<Row> const& r) {
        line.lines(r).say("reached", r.reached()).say("not reached", r.not_reached()).note("\n");
    }
};
template <class Key, amount Amount>
struct wording<path_row<Key, Amount>> {
    static void of(text_line& line, path_row<Key, Amount> const& row) {
        line.about(row.sequence);
        wording<reach<Amount>>::of(line, row.conversions);
    }
};
template <class Key, amount Amount>
struct wording<top_paths_report<Key, Amount>> {
    static void of(text_line& line, top_paths_report<Key, Amount> const& r) {
        line.lines(r).say("distinct", r.distinct()).say("others", r.others());
        line.say("not reached", r.not_reached()).note("\n");
    }
};
template <class T>
struct wording<distribution<T>> {
    static void of(text_line& line, distribution<T> const& d) {
        line.say("values", d.size());
        if (!d.empty())
            line.say("smallest", d.smallest())
                .say("median", d.median())
                .say("largest", d.largest());
    }
};
template <class Lag>
struct wording<path_figures<Lag>> {
    static void of(text_line& line, path_figures<Lag> const& f) {
        line.say("length", f.length).say("first lag", f.first_lag).say("last lag", f.last_lag);
        line.say("not reached", f.not_reached);
    }
};
template <class Key, amount Amount>
struct wording<calibrated_row<Key, Amount>> {
    static void of(text_line& line, calibrated_row<Key, Amount> const& row) {
        line.about(row.key).say("source", to_string(row.source)).say("amount", row.amount);
        line.say("low", row.low).say("high", row.high).say("by model", row.by_model);
        line.say("standard error", row.standard_error);
    }
};
template <class Row>
struct wording<calibrated_report<Row>> {
    static void of(text_line& line, calibrated_report<Row> const& r) {
        line.lines(r).say("factor", r.factor()).say("cut", r.cut()).note("\n");
    }
};
template <class Key, amount Amount>
struct wording<reconciliation_row<Key, Amount>> {
    static void of(text_line& line, reconciliation_row<Key, Amount> const& row) {
        line.about(row.key).say("conversions", row.conversions).say("value in", row.value_in);
        line.say("credited", row.credited).say("unattributed", row.unattributed);
        line.say("difference", row.difference);
    }
};
template <class Row>
struct wording<reconciliation<Row>> {
    static void of(text_line& line, reconciliation<Row> const& r) {
        line.lines(r);
        for (auto const& problem : r.problems())
            line.note("    ").note(problem).note("\n");
    }
};
template <class Channel, class Period, amount Amount, amount Spend, class Cell>
struct wording<return_on_ad_spend_row<Channel, Period, Amount, Spend, Cell>> {
    using row_type = return_on_ad_spend_row<Channel, Period, Amount, Spend, Cell>;

    static void of(text_line& line, row_type const& row) {
        name_earner(line, row.channel).say("period", row.period).say("spend", row.spend);
        wording<Cell>::of(line, row);
        line.say("cost per conversion", row.cost_per_conversion()).say("ROI", row.roi());
        line.say("ROAS", row.roas());
        if constexpr (row_type::has_interval) {
            line.say("ROI low", row.roi_low()).say("ROI high", row.roi_high());
            line.say("ROAS low", row.roas_low()).say("ROAS high", row.roas_high());
        }
    }
};
template <class Row>
struct wording<return_on_ad_spend_report<Row>> {
    static void of(text_line& line, return_on_ad_spend_report<Row> const& r) { line.lines(r); }
};

template <class Key, amount Amount>
struct wording<restatement_row<Key, Amount>> {
    static void of(text_line& line, restatement_row<Key, Amount> const& row) {
        name_earner(line, row.key).say("reason", to_string(row.reason));
        line.say("amount", row.amount).say("conversions", row.conversions);
    }
};
template <class Row>
struct wording<restatement<Row>> {
    static void of(text_line& line, restatement<Row> const& r) { line.lines(r); }
};

template <amount Amount>
struct wording<touchpoint_audit<Amount>> {
    static void of(text_line& line, touchpoint_audit<Amount> const& one) {
        line.note(to_string(one.what)).note(": ");
        line.say("conversion", row_or_none(one.conversion)).say("credits", one.credits);
        line.say("amount", one.amount);
    }
};
template <>
struct wording<conversion_audit> {
    static void of(text_line& line, conversion_audit const& one) {
        // Why it is not: audit::conversion_reason, which knows the parts of the policy.
        line.note(one.what == outcome::credited ? "credited: " : "unattributed: ");
        line.say("path length", one.path_length).say("credits", one.credits);
    }
};
template <>
struct wording<outcome_count> {
    static void of(text_line& line, outcome_count const& one) {
        line.note(one.text).note(": ").write(one.count);
    }
};
template <class Conversions, class Touchpoints>
struct wording<audit<Conversions, Touchpoints>> {
    static void of(text_line& line, audit<Conversions, Touchpoints> const& a) {
        line.note("touchpoints\n").lines(a.touchpoint_counts());
        line.note("conversions\n").lines(a.conversion_counts());
    }
};

// learn

template <>
struct wording<order_quality> {
    static void of(text_line& line, order_quality const& q) {
        line.about(q.order).say("transitions", q.transitions).say("AUC", q.auc);
        line.say("penalised", q.penalized_auc).say("validated", q.validated_auc);
        line.say("standard error", q.standard_error);
    }
};
template <>
struct wording<order_choice> {
    static void of(text_line& line, order_choice const& choice) {
        line.lines(choice.orders).say("best", choice.best);
        line.say("by penalty", choice.best_by_penalty);
        line.say("by combinations", choice.best_by_combinations).note("\n");
    }
};
template <>
struct wording<prediction_quality> {
    static void of(text_line& line, prediction_quality const& q) {
        line.say("conversions", q.conversions).say("nulls", q.nulls).say("AUC", q.auc);
        line.say("standard error", q.standard_error).say("log-loss", q.log_loss);
        line.say("without a model", q.base_log_loss);
    }
};
template <class Channel>
struct wording<removal_effect<Channel>> {
    static void of(text_line& line, removal_effect<Channel> const& e) {
        line.about(e.channel).say("conversions", e.conversions).say("value", e.value);
        line.say("credited conversions", e.credited_conversions);
        line.say("credited value", e.credited_value);
    }
};
template <class Player>
struct wording<shapley_effect<Player>> {
    static void of(text_line& line, shapley_effect<Player> const& e) {
        line.about(e.player).say("conversions", e.conversions).say("value", e.value);
        line.say("standard error", e.standard_error);
    }
};
template <class Channel>
struct wording<hazard_effect<Channel>> {
    static void of(text_line& line, hazard_effect<Channel> const& e) {
        line.about(e.channel).say("strength", e.strength).say("half-life", e.half_life);
        line.say("conversions", e.conversions).say("value", e.value);
    }
};
template <class Channel>
struct wording<logistic_effect<Channel>> {
    static void of(text_line& line, logistic_effect<Channel> const& e) {
        line.about(e.channel).say("coefficient", e.coefficient).say("deviation", e.deviation);
        line.say("fits", e.fits).say("conversions", e.conversions).say("value", e.value);
    }
};
template <class Channel>
struct wording<probabilistic_effect<Channel>> {
    static void of(text_line& line, probabilistic_effect<Channel> const& e) {
        line.about(e.channel).say("rate", e.rate).say("conversions", e.conversions);
        line.say("value", e.value);
    }
};
template <class Channel>
struct wording<survival_effect<Channel>> {
    static void of(text_line& line, survival_effect<Channel> const& e) {
        line.about(e.channel).say("effect", e.effect).say("half-life", e.half_life);
        line.say("conversions", e.conversions).say("value", e.value);
    }
};
template <>
struct wording<survival_baseline> {
    static void of(text_line& line, survival_baseline const& b) {
        line.say("rate", b.rate).say("conversions", b.conversions).say("value", b.value);
    }
};

// stream

template <>
struct wording<live_counts> {
    static void of(text_line& line, live_counts const& c) {
        line.say("touchpoints", c.touchpoints).say("conversions", c.conversions);
        line.say("duplicates", c.duplicates).say("late touchpoints", c.late_touchpoints);
        line.say("late conversions", c.late_conversions).say("without key", c.without_key);
        line.say("held customers", c.held_customers).say("held touchpoints", c.held_touchpoints);
        line.say("waiting conversions", c.waiting_conversions);
        line.say("remembered ids", c.remembered_ids).say("not counted", c.not_counted);
        line.say("merged keys", c.merged_keys);
    }
};
template <>
struct wording<merge_counts> {
    static void of(text_line& line, merge_counts const& c) {
        line.say("touchpoints", c.touchpoints).say("waiting conversions", c.waiting_conversions);
        line.say("credited conversions", c.credited_conversions).say("duplicates", c.duplicates);
    }
};

}  // namespace attribution::detail
