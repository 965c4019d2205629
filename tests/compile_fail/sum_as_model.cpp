// SPDX-License-Identifier: BSL-1.0
// EXPECT: which comes after the model and the policy
#include "records.hpp"

auto const ledger = att::attribute(sales, touches, att::by(&visit::channel));
