// SPDX-License-Identifier: BSL-1.0
// Ids and times of two types are compared by their exact values, also at the limits of either type.
#include "support/law.hpp"
#include "support/limit_values.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/records/sorted.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace att = attribution;
using support::broken;
using support::customer;
using support::drawn;
using support::for_all_worlds;
using support::random_numbers;
using support::record;

/// The touchpoints of each conversion, in their order, by a naive reference.
struct admitted {
    bool after = false;           // also what comes after the conversion
    bool after_previous = false;  // not what the previous conversion saw
};

template <class Sale, class Click>
std::vector<std::vector<std::size_t>> reference(std::vector<Sale> const& book,
                                                std::vector<Click> const& log, admitted rule) {
    auto const key = [](auto const& one) { return drawn<decltype(one.key)>::exact(one.key); };
    auto const at = [](auto const& one) { return *drawn<decltype(one.at)>::exact(one.at); };
    std::vector<std::vector<std::size_t>> paths;
    for (auto const& sale : book) {
        std::vector<std::size_t> path;
        for (std::size_t row = 0; row < log.size(); ++row) {
            bool const own = key(sale) && key(log[row]) && *key(sale) == *key(log[row]);
            bool const seen_before = std::any_of(book.begin(), book.end(), [&](Sale const& other) {
                return key(other) && key(sale) && *key(other) == *key(sale) &&
                       at(other) < at(sale) && at(log[row]) <= at(other);
            });
            if (own && (rule.after || at(log[row]) <= at(sale)) &&
                !(rule.after_previous && seen_before))
                path.push_back(row);
        }
        std::stable_sort(path.begin(), path.end(),
                         [&](std::size_t a, std::size_t b) { return at(log[a]) < at(log[b]); });
        paths.push_back(path);
    }
    return paths;
}

template <class Conversions, class Touchpoints, class Policy>
std::vector<std::vector<std::size_t>> paths(Conversions const& conversions,
                                            Touchpoints const& touchpoints, Policy const& policy) {
    std::vector<std::vector<std::size_t>> found(conversions.size());
    for (auto const& credit : att::attribute(conversions, touchpoints, att::linear, policy))
        if (credit.attributed())
            found[credit.conversion].push_back(credit.touchpoint);
    return found;
}

template <class Records>
void put_in_order(Records& records) {
    auto const key = [](auto const& one) { return drawn<decltype(one.key)>::exact(one.key); };
    std::stable_sort(records.begin(), records.end(), [&](auto const& a, auto const& b) {
        return key(a) != key(b) ? key(a) < key(b) : a.at < b.at;
    });
}

template <class Sale, class Click>
void check_pair() {
    std::size_t compared = 0;
    for_all_worlds([&](random_numbers& random) {
        std::vector<Sale> book;
        std::vector<Click> log;
        for (auto left = random.below(4); left > 0; --left)
            book.push_back({drawn<decltype(Sale::key)>::from(random),
                            drawn<decltype(Sale::at)>::from(random)});
        for (auto left = random.below(6); left > 0; --left)
            log.push_back({drawn<decltype(Click::key)>::from(random),
                           drawn<decltype(Click::at)>::from(random)});
        auto const in_order = random.chance(2);
        if (in_order) {
            put_in_order(book);
            put_in_order(log);
        }
        auto const sales = att::conversions(book, &Sale::key, &Sale::at);
        auto const clicks = att::touchpoints(log, &Click::key, &Click::at);
        auto const same = [&](auto const& policy, admitted rule) {
            auto const wanted = reference(book, log, rule);
            if (paths(sales, clicks, policy) != wanted)
                broken("paths differ, after ", rule.after, ", after previous ",
                       rule.after_previous);
            if (in_order && paths(att::sorted(sales), att::sorted(clicks), policy) != wanted)
                broken("paths of sorted records differ, after ", rule.after, ", after previous ",
                       rule.after_previous);
        };
        try {
            same(att::always, {});
            same(att::at_any_time, {.after = true});
            same(att::after_previous_conversion, {.after_previous = true});
            ++compared;
        } catch (std::domain_error const& refused) {
            if (std::string_view{refused.what()}.find(" row ") == std::string_view::npos)
                broken("an error that names no row: ", refused.what());
        }
    });
    CHECK(compared > 0);
}

using std::chrono::nanoseconds;
template <class Duration>
using sys = date::sys_time<Duration>;
using short_seconds = std::chrono::duration<std::int32_t>;

}  // namespace

TEST_CASE("law: times of two clocks are in order, or refused by their row") {
    check_pair<record<customer, date::sys_days>, record<customer, sys<nanoseconds>>>();
    check_pair<record<customer, sys<nanoseconds>>, record<customer, date::sys_days>>();
    check_pair<record<customer, sys<short_seconds>>, record<customer, date::sys_days>>();
    check_pair<record<customer, sys<std::chrono::milliseconds>>,
               record<customer, date::sys_seconds>>();
    check_pair<record<customer, std::int32_t>, record<customer, std::uint32_t>>();
    check_pair<record<customer, std::uint64_t>, record<customer, std::int64_t>>();
    check_pair<record<customer, std::int64_t>, record<customer, std::uint64_t>>();
    check_pair<record<customer, std::int16_t>, record<customer, std::int64_t>>();
}

TEST_CASE("law: ids of two types join where they are equal, and the missing never") {
    check_pair<record<std::int32_t, int>, record<std::int64_t, int>>();
    check_pair<record<std::uint32_t, int>, record<std::int32_t, int>>();
    check_pair<record<std::int32_t, int>, record<double, int>>();
    check_pair<record<double, int>, record<float, int>>();
    check_pair<record<std::optional<std::int16_t>, int>, record<std::uint32_t, int>>();
    check_pair<record<std::optional<double>, int>, record<std::optional<std::int32_t>, int>>();
    check_pair<record<std::string, int>, record<char const*, int>>();
    check_pair<record<std::optional<std::string_view>, int>, record<std::string, int>>();
}
