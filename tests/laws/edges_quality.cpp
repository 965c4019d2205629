// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every rule. All rules agree on which values are missing.
#include "support/edges.hpp"

#include <attribution/amount/allocate.hpp>
#include <attribution/amount/round_together.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/while_connected.hpp>
#include <attribution/policy/without_duplicates.hpp>
#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/finite.hpp>
#include <attribution/quality/has_conversion.hpp>
#include <attribution/quality/has_touchpoint.hpp>
#include <attribution/quality/inside_some_window.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/not_after.hpp>
#include <attribution/quality/not_before.hpp>
#include <attribution/quality/plausible_share.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/total.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/quality/validate.hpp>
#include <attribution/quality/with_time_of_day.hpp>
#include <attribution/records/end_of_day.hpp>
#include <attribution/records/present.hpp>
#include <attribution/records/without_repeats.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

template <class T>
bool equal_ids(T const& a, T const& b) {
    return !says_nothing(a) && !says_nothing(b) &&
           att::detail::compared_form(att::detail::value_in(a)) ==
               att::detail::compared_form(att::detail::value_in(b));
}

template <class World>
void every_rule(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const& log = all.log;
    auto const& book = all.book;
    std::vector<std::size_t> repeated;
    std::vector<std::size_t> unknown;
    std::vector<std::size_t> missing;
    for (std::size_t row = 0; row < log.size(); ++row) {
        bool before = false;
        for (std::size_t other = 0; other < row; ++other)
            before = before || equal_ids(log[other].id, log[row].id);
        if (before)
            repeated.push_back(row);
        bool leads = says_nothing(log[row].user);
        for (auto const& one : book)
            leads = leads || equal_ids(one.user, log[row].user);
        if (!leads)
            unknown.push_back(row);
        bool empty = says_nothing(log[row].user);
        if constexpr (std::is_convertible_v<decltype(touch::user), std::string_view>)
            empty = empty || std::string_view(log[row].user).empty();
        if (empty)
            missing.push_back(row);
    }
    auto const required = [] {
        if constexpr (std::is_same_v<decltype(touch::user), std::string>)
            return att::required("user", att::present(&touch::user));
        else
            return att::required("user", &touch::user);
    };
    auto const found = att::validate(
        log, att::rules(
                 att::unique("id", &touch::id), att::known("user", &touch::user, book, &sale::user),
                 required(), att::fan_out("id", &touch::id),
                 att::plausible_share("user", &touch::user, 0.1, 1),
                 att::not_before("time", &touch::at, decltype(touch::at){}),
                 att::not_after("time", &touch::at, decltype(sale::at){}),
                 att::finite("usage", &touch::usage),
                 att::must("channel", [](touch const& t) { return names_group(t.channel); })));
    auto const says = [&](std::string_view rule, std::vector<std::size_t> const& rows) {
        for (auto const& one : found)
            if (one.rule == rule && one.rows != rows)
                broken(rule, " names other rows than the table");
    };
    says("unique(id)", repeated);
    says("known(user)", unknown);
    says("required(user)", missing);
    support::holds(att::without_repeats(log, &touch::id).size() == log.size() - repeated.size());

    auto const touches = all.touches();
    auto const sales = all.sales();
    result_or_refusal({all.odd_times()}, {"join"}, [&] {
        auto const joined = att::join(sales, touches);
        (void)att::validate(log, att::rules(att::inside_some_window("touch", joined, att::always),
                                            att::has_conversion("touch", joined)));
        auto const dated = [&] {
            if constexpr (requires { sale{}.at.time_since_epoch(); })
                return att::with_time_of_day("time", joined);
            else
                return att::with_time_of_day("time", joined, decltype(sale::at){2});
        };
        (void)att::validate(book, att::rules(att::has_touchpoint("sale", joined, att::always),
                                             att::finite("value", &sale::value), dated()));
        if constexpr (std::is_integral_v<typename World::value_type>)
            (void)att::validate(
                book, att::rules(att::total("value", &sale::value, typename World::value_type{1})));
        else
            (void)att::validate(book, att::rules(att::total("value", &sale::value, 1.0, 0.5)));
    });
    if constexpr (requires { sale{}.at.time_since_epoch(); })
        for (auto const& one : book)
            support::holds(att::end_of_day(&sale::at)(one) >= att::end_of_day(&sale::at)(sale{}) ||
                           one.at < decltype(sale::at){});
}

template <class World>
void every_connection(World const& all) {
    using touch = typename World::touch;
    bool odd = false;
    for (auto const& one : all.log)
        odd = odd || says_nothing(one.at);
    result_or_refusal({odd}, {"pair_connections"}, [&] {
        auto const paired = att::pair_connections(all.log, &touch::user, &touch::id, &touch::at,
                                                  [](touch const& t) { return t.number % 2 == 0; });
        // First in, first out, by hand.
        std::size_t open = 0;
        for (auto const& one : paired.connections) {
            open += one.until ? 0U : 1U;
            support::holds(!one.until || !(*one.until < one.from));
            support::holds(!one.until || (!says_nothing(one.user) && !says_nothing(one.channel)));
        }
        auto const connects = (all.log.size() + 1) / 2;
        support::holds(paired.connections.size() == connects);
        support::holds(connects - open + paired.unmatched_disconnects.size() == all.log.size() / 2);

        auto const touches = all.touches();
        auto const connected = att::while_connected(paired.connections, &touch::user, &touch::id);
        std::vector<touch> const& log = all.log;
        std::vector<touch> last;
        for (auto const& one : log)
            if (!says_nothing(one.user))
                last.push_back(one);
        // Every touchpoint is a conversion of its own instant, too.
        auto const sales = att::conversions(last, &touch::user, &touch::at);
        for (auto const& one : att::attribute(sales, touches, att::linear, connected)) {
            if (!one.attributed())
                continue;
            auto const& touched = log[one.touchpoint];
            bool any = false;
            for (auto const& stretch : paired.connections)
                any = any ||
                      (equal_ids(stretch.user, touched.user) &&
                       equal_ids(stretch.channel, touched.id) && !(touched.at < stretch.from) &&
                       !(stretch.until && *stretch.until < touched.at));
            if (!any)
                broken("touchpoint row ", one.touchpoint, " was not connected");
        }
    });
}

template <class Units>
void every_line(random_numbers& random) {
    std::vector<Units> lines;
    for (auto left = random.below(4); left > 0; --left)
        lines.push_back(drawn<Units>(random, 2));
    auto const unit = drawn<Units>(random, 3);
    att::detail::int128 sum = 0;
    for (auto const one : lines)
        sum += one;
    try {
        auto const rounded = att::round_together(std::span<Units const>{lines}, unit);
        support::holds(unit > 0);
        att::detail::int128 rounded_sum = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            rounded_sum += rounded[i];
            support::holds(rounded[i] % unit == 0);
            auto const moved = att::detail::int128{rounded[i]} - lines[i];
            support::holds(moved < unit && -moved < unit);
        }
        auto const missed = rounded_sum - sum;
        support::holds((missed < 0 ? -missed : missed) * 2 <= unit);
    } catch (std::invalid_argument const&) {
        support::holds(unit <= 0);
    } catch (std::overflow_error const& large) {
        support::holds(begins_with(large.what(), "round_together: line "));
    }
    std::vector<double> weights;
    bool odd = false;
    bool any = false;
    for (auto left = random.below(4); left > 0; --left) {
        weights.push_back(drawn<double>(random, 4));
        odd = odd || !is_finite(weights.back()) || weights.back() < 0;
        any = any || weights.back() > 0;
    }
    auto const amount = drawn<Units>(random, 2);
    try {
        att::detail::int128 parts = 0;
        for (auto const one : att::allocate(amount, std::span<double const>{weights}))
            parts += one;
        support::holds(!odd && any && parts == amount);
    } catch (std::exception const& refused) {
        if (!begins_with(refused.what(), "allocate:") || (!odd && any))
            broken("allocate: ", refused.what());
    }
}

}  // namespace

TEST_CASE("law: any value of any field breaks the rules that it should") {
    for_all_kinds([](auto const& all, random_numbers&) { every_rule(all); });
}

TEST_CASE("law: any value of any field connects whom it should, or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_connection(all); });
}

TEST_CASE("law: lines of any size are rounded together, and amounts of any size allocated") {
    support::for_all_worlds([](random_numbers& random) { every_line<std::int64_t>(random); });
    support::for_all_worlds([](random_numbers& random) { every_line<std::uint64_t>(random); });
    support::for_all_worlds([](random_numbers& random) { every_line<std::int8_t>(random); });
}
