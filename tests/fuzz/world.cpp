// SPDX-License-Identifier: BSL-1.0
// Any bytes as a small world: every route gives what the naive reference gives, every audit and
// every reconciliation agrees.
#include "fuzz/fuzzing.hpp"
#include "support/policy_suite.hpp"
#include "support/reference.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <vector>

using namespace support;
using fuzzing::require;

namespace {

tick time_of(fuzzing::input& in) {
    constexpr tick starts[]{0, 0, 0, INT64_MIN, INT64_MAX - 31, -16, INT64_MAX / 2};
    auto const which = in.below(8);
    return which == 7 ? in.number() : starts[which] + static_cast<tick>(in.below(32));
}

cents value_of(fuzzing::input& in) {
    constexpr cents some[]{0, 1, -1, INT64_MAX, INT64_MIN, 100};
    auto const which = in.below(8);
    return which == 7 ? in.number() : which == 6 ? static_cast<cents>(in.below(1000)) : some[which];
}

world world_of(fuzzing::input& in) {
    world w;
    while (!in.empty() && w.log.size() + w.book.size() < 64) {
        auto const user = static_cast<int>(in.below(3));
        auto const at = time_of(in);
        auto const letter = in.below(3);
        if (in.below(4) == 0)
            w.book.push_back({user, at, value_of(in), static_cast<char>('x' + letter)});
        else
            w.log.push_back(
                {user, at, static_cast<char>('a' + letter),
                 static_cast<int>(in.below(3) == 0 ? in.bits<std::uint32_t>() >> 1 : in.below(4))});
    }
    return w;
}

bool same(auto const& a, auto const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Nothing, where the amounts do not fit: documented, and then on every route.
auto unless_too_large(auto compute) {
    std::optional<decltype(compute())> result;
    try {
        result.emplace(compute());
    } catch (std::overflow_error const&) {
        // nothing
    }
    return result;
}

auto report(auto const& journeys, auto const& m, auto const& p) {
    return unless_too_large([&] {
        std::vector<std::tuple<char, cents, double, std::size_t>> rows;
        for (auto const& row : att::attribute(journeys, m, p, att::by(&touch::channel)))
            rows.emplace_back(row.key.value_or('-'), row.amount, row.conversions, row.credits);
        return rows;
    });
}

/// Grouped, sorted and on threads, gathered and one by one.
void check_routes(world const& w, auto const& m, auto const& p, auto const& expected) {
    auto const clicks = touches(w.log);
    auto const orders = sales(w.book);
    auto const journeys = att::join(orders, clicks);
    auto const ledger = att::attribute(journeys, m, p);
    require(same(ledger, expected), "grouped is the reference");
    require(same(att::attribute(journeys, m, windowless{p}), expected), "a window only prunes");

    if (auto const audit = unless_too_large([&] { return att::explain(journeys, m, p); }))
        require(same(audit->credits(), expected), "the audit has the same credits");
    (void)unless_too_large([&] {
        att::reconcile(ledger, att::by(&sale::user)).check();
        return true;
    });

    att::parallel const threads{2};
    if (w.log.size() % 8 == 0) {  // threads cost more than all the rest
        auto const together = att::join(threads, orders, clicks);
        require(same(att::attribute(threads, together, m, p), expected), "threads change nothing");
    }
    auto const in_order = [](auto const& a, auto const& b) {
        return a.user != b.user ? a.user < b.user : a.at < b.at;
    };
    if (std::is_sorted(w.log.begin(), w.log.end(), in_order) &&
        std::is_sorted(w.book.begin(), w.book.end(), in_order)) {
        auto const sorted = att::join(att::sorted(orders), att::sorted(clicks));
        require(same(att::attribute(sorted, m, p), expected), "sorted is the reference");
        require(report(sorted, m, p) == report(journeys, m, p), "sorted changes no report");
    }
}

/// The reference, and then the credits with their shares by the plainest route.
template <class Model, class Policy>
void check(world const& w, Model const& m, std::size_t model, Policy const& p, int policy) {
    auto const orders = sales(w.book);
    auto const clicks = touches(w.log);
    auto const plain = att::attribute(orders, clicks, any_model{model}, p);
    std::vector<reference::line> lines;
    for (auto const& earned : plain)
        lines.push_back({earned.conversion, earned.touchpoint, earned.amount});
    require(lines == reference::attribute(w, model, policy), "the reference gives the same");
    check_routes(w, m, p, plain);
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    fuzzing::input in{bytes, size};
    auto const model = in.below(any_model::count);
    auto const policy = static_cast<int>(in.below(policy_count));
    bool const sorted = in.below(2) == 0;
    auto w = world_of(in);
    if (sorted) {
        auto const in_order = [](auto const& a, auto const& b) {
            return a.user != b.user ? a.user < b.user : a.at < b.at;
        };
        std::stable_sort(w.log.begin(), w.log.end(), in_order);
        std::stable_sort(w.book.begin(), w.book.end(), in_order);
    }
    for_all_policies([&](auto const& p, int number) {
        if (number != policy)
            return;
        // Models with a shape take routes of their own, where policies are only windows.
        if constexpr (requires { p.length; }) {
            if (model == 1)
                return check(w, att::last_touch, model, p, policy);
            if (model == 2)
                return check(w, att::linear, model, p, policy);
            if (model == 4)
                return check(w, att::position_based(0.2, 0.6, {3, 1}), model, p, policy);
        }
        check(w, any_model{model}, model, p, policy);
    });
    return 0;
}
