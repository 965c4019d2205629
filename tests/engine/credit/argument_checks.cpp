// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/argument_checks.hpp>

#include <attribution/learn/markov.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include "support/policy_suite.hpp"

#include <chrono>

namespace {

using namespace support;
namespace detail = att::detail;

using joined = decltype(att::join(sales(suite_book), touches(suite_log)));
using window = decltype(att::lookback(std::chrono::hours{1}));
using sum = decltype(att::by(&touch::channel));
using estimator = decltype(att::markov(&touch::channel));
using model = decltype(att::linear);

// What stands in the wrong place is told apart; tests/compile_fail has the sentences.
static_assert(detail::looks_like_duration<std::chrono::hours>);
static_assert(!detail::looks_like_duration<window>);
static_assert(detail::looks_like_estimator<estimator>);
static_assert(!detail::looks_like_estimator<model> && !detail::looks_like_estimator<window>);
static_assert(detail::sums_up_in<sum, joined>);
static_assert(!detail::sums_up_in<sum, void>);
static_assert(!detail::sums_up_in<window, joined> && !detail::sums_up_in<model, joined>);
static_assert(detail::weighs_paths_of<model, joined>);
static_assert(!detail::weighs_paths_of<model, void>);
static_assert(!detail::weighs_paths_of<window, joined> && !detail::weighs_paths_of<sum, joined>);

constexpr bool test() {
    detail::check_policy<window>();
    detail::check_policy<window, joined>();
    detail::check_model<joined, model>();
    detail::checked_models<joined, model>::check();
    detail::checked_models<joined, decltype(att::models(att::linear, att::first_touch))>::check();
    return true;
}
static_assert(test());

}  // namespace
