// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/at_once.hpp>

#include "stream/support.hpp"

#include <attribution/policy/lookback.hpp>

using namespace support;

static_assert(decltype(desk_of(att::lookback(5), att::at_once))::credits_at_once);
static_assert(!decltype(desk_of(att::lookback(5)))::credits_at_once);
