// SPDX-License-Identifier: BSL-1.0
// EXPECT: depends on what the model credited before
#include "records.hpp"

auto paths = att::path_statistics(sales, touches, att::credited_at_most(1));
