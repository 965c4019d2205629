// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is an estimator and not a model yet
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::markov(&visit::channel));
