// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/print/wording.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>

namespace att = attribution;

namespace {

template <class T>
std::string text(T const& result) {
    std::ostringstream out;
    att::detail::text_line line{out};
    att::detail::wording<T>::of(line, result);
    return out.str();
}

}  // namespace

TEST_CASE("what learned models found is described by its names") {
    CHECK(text(att::removal_effect<char>{'a', 0.5, 0.25, 3, 40}) ==
          "a: conversions 0.5, value 0.25, credited conversions 3, credited value 40");
    CHECK(text(att::shapley_effect<char>{'a', 0.5, 2, 0}) ==
          "a: conversions 0.5, value 2, standard error 0");
    CHECK(text(att::hazard_effect<char>{'a', 0.5, 7, 2, 30}) ==
          "a: strength 0.5, half-life 7, conversions 2, value 30");
    CHECK(text(att::logistic_effect<char>{'a', -0.5, 0.1, 9, 2, 30}) ==
          "a: coefficient -0.5, deviation 0.1, fits 9, conversions 2, value 30");
    CHECK(text(att::probabilistic_effect<char>{'a', 0.5, 2, 30}) ==
          "a: rate 0.5, conversions 2, value 30");
    CHECK(text(att::survival_effect<char>{'a', 0.5, 7, -1, -30}) ==
          "a: effect 0.5, half-life 7, conversions -1, value -30");
    CHECK(text(att::survival_baseline{0.5, 2, 30}) == "rate 0.5, conversions 2, value 30");
    CHECK(text(att::prediction_quality{3, 4, 0.75, 0.1, 0.5, 0.6}) ==
          "conversions 3, nulls 4, AUC 0.75, standard error 0.1, log-loss 0.5, without a model "
          "0.6");
    CHECK(text(att::order_choice{1, 2, 3, {{1, 5, 0.75, 0.7, 0.65, 0.1, 0, 0}}}) ==
          "1: transitions 5, AUC 0.75, penalised 0.7, validated 0.65, standard error 0.1\n"
          "best 1, by penalty 2, by combinations 3\n");
}

TEST_CASE("what a desk has seen is described by its names") {
    att::live_counts seen;
    seen.touchpoints = 5;
    seen.late_conversions = 1;
    auto const words = text(seen);
    CHECK(words.starts_with("touchpoints 5, conversions 0, duplicates 0"));
    CHECK(words.find("late conversions 1, ") != std::string::npos);
    seen.merged_keys = 3;
    CHECK(text(seen).ends_with("not counted 0, merged keys 3"));
    CHECK(text(att::merge_counts{4, 3, 2, 1}) ==
          "touchpoints 4, waiting conversions 3, credited conversions 2, duplicates 1");
}

TEST_CASE("what became of a record is described by its outcome") {
    att::touchpoint_audit<long> touch;
    touch.what = att::outcome::credited;
    touch.conversion = 3;
    touch.credits = 2;
    touch.amount = 50;
    CHECK(text(touch) == "credited: conversion 3, credits 2, amount 50");
    CHECK(text(att::touchpoint_audit<long>{}) ==
          "no conversion has its key: conversion (none), credits 0, amount 0");
    att::conversion_audit sale;
    sale.what = att::outcome::credited;
    sale.path_length = 4;
    sale.credits = 1;
    CHECK(text(sale) == "credited: path length 4, credits 1");
    CHECK(text(att::conversion_audit{}) == "unattributed: path length 0, credits 0");
}

TEST_CASE("what moved is described by its reason") {
    using row = att::restatement_row<char, long>;
    row const gained{'a', att::move_reason::late_touchpoint, 50, 2};
    CHECK(text(gained) == "a: reason late touchpoint, amount 50, conversions 2");
    CHECK(text(att::restatement<row>{{gained, {{}, att::move_reason::refund, -7, 1}}}) ==
          "a: reason late touchpoint, amount 50, conversions 2\n"
          "(unattributed): reason refund, amount -7, conversions 1\n");
}

TEST_CASE("returns with intervals say where these end") {
    using row = att::return_on_ad_spend_row<char, int, long, long, att::interval_cell<long>>;
    row one;
    CHECK(text(one).starts_with("(unattributed): period "));
    one.channel = 'a';
    one.spend = 100;
    one.amount = 150;
    one.low = 120;
    one.high = 180;
    auto const words = text(one);
    CHECK(words.starts_with("a: period "));
    CHECK(words.find("ROI 0.5, ROAS 1.5, ROI low 0.2, ROI high 0.8, ROAS low 1.2, ROAS high 1.8") !=
          std::string::npos);
}

TEST_CASE("what does not reconcile is told after the rows") {
    using row = att::reconciliation_row<char, long>;
    row const one{'a', 3, 50, 40, 8, 2};
    auto const line = "a: conversions 3, value in 50, credited 40, unattributed 8, difference 2\n";
    CHECK(text(att::reconciliation<row>{{one}, {}}) == line);
    CHECK(
        text(att::reconciliation<row>{{one}, {"row 7 is credited twice", "row 9 is not there"}}) ==
        std::string{line} + "    row 7 is credited twice\n    row 9 is not there\n");
}

TEST_CASE("a distribution of nothing has no smallest value") {
    CHECK(text(att::distribution<int>{}) == "values 0");
    CHECK(text(att::distribution<int>{{3, 1, 2}}) == "values 3, smallest 1, median 2, largest 3");
}
