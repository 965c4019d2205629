// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All forms: who writes a value includes this, because a form that is not included is missing.
#include <attribution/engine/wire/byte_form.hpp>
#include <attribution/engine/wire/composite_forms.hpp>
#include <attribution/engine/wire/number_forms.hpp>
#include <attribution/engine/wire/sum_forms.hpp>
#include <attribution/engine/wire/value_forms.hpp>
