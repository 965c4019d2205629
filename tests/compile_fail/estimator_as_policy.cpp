// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is an estimator and not a policy
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::linear, att::markov(&visit::channel));
