// SPDX-License-Identifier: BSL-1.0
#pragma once

// The whole library; defines nothing itself.

#include <attribution/attribute.hpp>
#include <attribution/columns.hpp>
#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/eligibility/last_touches.hpp>
#include <attribution/eligibility/named.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/eligibility/where.hpp>
#include <attribution/eligibility/while_connected.hpp>
#include <attribution/eligibility/without_duplicates.hpp>
#include <attribution/interval.hpp>
#include <attribution/join.hpp>
#include <attribution/ledger.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over_distinct.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/money/allocate.hpp>
#include <attribution/money/money.hpp>
#include <attribution/money/round_together.hpp>
#include <attribution/outcome.hpp>
#include <attribution/path.hpp>
#include <attribution/records.hpp>
#include <attribution/refunds.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/compare.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/rounded.hpp>
#include <attribution/tally.hpp>
#include <attribution/window/between.hpp>
#include <attribution/window/lookback.hpp>
#include <attribution/window/since_previous_conversion.hpp>
