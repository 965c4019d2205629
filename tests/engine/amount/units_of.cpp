// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/amount/units_of.hpp>

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>

namespace att = attribution;
using att::detail::units_of;

struct eur;

static_assert(std::same_as<units_of<int>::type, int>);
static_assert(units_of<int>::count(-7) == -7 && units_of<int>::make(7) == 7);
static_assert(units_of<double>::count(0.5) == 0.5);
static_assert(std::same_as<units_of<att::money<eur>>::type, std::int64_t>);
static_assert(units_of<att::money<eur>>::count(att::money<eur>{250}) == 250);
static_assert(units_of<att::money<eur>>::make(-1) == att::money<eur>{-1});
