// SPDX-License-Identifier: BSL-1.0
#pragma once

// The whole library; defines nothing itself.

#include <attribution/attribute.hpp>
#include <attribution/columns.hpp>
#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/eligibility/last_touches.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/eligibility/where.hpp>
#include <attribution/eligibility/while_connected.hpp>
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
#include <attribution/path.hpp>
#include <attribution/quality/findings.hpp>
#include <attribution/quality/keys.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/validate.hpp>
#include <attribution/quality/values.hpp>
#include <attribution/quality/windows.hpp>
#include <attribution/records.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/compare.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/returns.hpp>
#include <attribution/tally.hpp>
#include <attribution/window/between.hpp>
#include <attribution/window/lookback.hpp>
#include <attribution/window/since_previous_conversion.hpp>
