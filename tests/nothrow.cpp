// SPDX-License-Identifier: BSL-1.0
// What never throws says so: accessors that return numbers or references, and moves of results, so that a
// container of results moves them, and a destructor or a `noexcept` function of yours may read them.
#include "support/records.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/quality/findings.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/distribution.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace support;

struct euro {};
using euros = att::money<euro>;

using conversion_records = decltype(sales(std::declval<std::vector<sale> const&>()));
using touchpoint_records = decltype(touches(std::declval<std::vector<touch> const&>()));
using journeys = decltype(att::join(std::declval<conversion_records const&>(),
                                    std::declval<touchpoint_records const&>()));
using ledger = att::ledger<conversion_records, touchpoint_records, cents>;
using report = decltype(std::declval<ledger const&>() | att::by(&touch::channel));
using audit = decltype(att::explain(std::declval<journeys const&>(), att::linear));
using path = journeys::path_type;
using anchor = path::anchor_type;
using step = att::step<anchor>;

template <class T>
inline constexpr bool moves = std::is_nothrow_move_constructible_v<T>&&
    std::is_nothrow_move_assignable_v<T>&& std::is_nothrow_swappable_v<T>;
static_assert(moves<att::credit<cents>> && moves<att::credit<euros>> && moves<euros>);
static_assert(moves<ledger> && moves<report> && moves<audit>);
static_assert(moves<att::findings> && moves<att::finding> && moves<att::offences>);
static_assert(moves<att::tally<cents>> && moves<att::tally<double>>);
static_assert(moves<att::distribution<cents>> && moves<att::interval<tick>>);
static_assert(moves<att::live_counts> && moves<att::parallel>);

template <class T>
T const& of() noexcept;

static_assert(noexcept(euros{
    1}) && noexcept(of<euros>().units()) && noexcept(euros::from_units(1)));
static_assert(noexcept(of<euros>() == of<euros>()) && noexcept(of<euros>() < of<euros>()));
static_assert(!noexcept(of<euros>() + of<euros>()));  // it may not fit

static_assert(noexcept(of<att::credit<cents>>().attributed()));
static_assert(noexcept(of<att::credit<euros>>() == of<att::credit<euros>>()));
static_assert(noexcept(of<ledger>().size()) && noexcept(of<ledger>().empty()));
static_assert(noexcept(of<ledger>()[0]) && noexcept(of<ledger>().begin()));
static_assert(noexcept(of<ledger>().conversions()) && noexcept(of<ledger>().touchpoints()));
static_assert(noexcept(of<ledger>().changes()) && noexcept(std::declval<ledger>().changes()));
static_assert(!noexcept(of<ledger>().touchpoint(of<att::credit<cents>>())));  // a view of yours

static_assert(noexcept(of<report>().size()) && noexcept(of<report>()[0][0].amount));
static_assert(noexcept(of<att::tally<cents>>().empty()));
static_assert(noexcept(of<att::running_total<cents>>().sum()));
static_assert(noexcept(of<att::distribution<cents>>().size()) && noexcept(
    of<att::distribution<cents>>().values()));
static_assert(noexcept(of<audit>().conversions()) && noexcept(of<audit>().credits()) && noexcept(
    of<audit>().parts()));
static_assert(noexcept(of<journeys>().conversions()) && noexcept(of<journeys>().touchpoints()));

static_assert(noexcept(of<anchor>().row()) && noexcept(of<anchor>().touchpoints()));
static_assert(
    noexcept(of<step>().row()) && noexcept(of<step>().recency()) && noexcept(of<step>().about()));
static_assert(noexcept(of<path>().size()) && noexcept(of<path>().empty()) && noexcept(
    of<path>().about()) && noexcept(of<path>().visits()));

static_assert(noexcept(of<att::findings>().size()) && noexcept(
    of<att::findings>().limit()) && noexcept(of<att::findings>()[0]));
static_assert(noexcept(of<att::offences>().count()) && noexcept(
    of<att::offences>().rows()) && noexcept(of<att::offences>().notes()));
static_assert(noexcept(of<att::parallel>().threads()) && !noexcept(att::parallel{1}));

static_assert(
    noexcept(of<att::fit_error>().reason()) && noexcept(of<att::partial_error>().reason()));
static_assert(noexcept(att::to_string(att::severity::error)) && noexcept(
    att::to_string(att::outcome::credited)));
static_assert(noexcept(att::stable_hash(std::string_view{})));

}  // namespace
