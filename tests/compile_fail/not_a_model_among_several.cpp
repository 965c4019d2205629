// SPDX-License-Identifier: BSL-1.0
// EXPECT: this is not a model; a model is callable as
#include "records.hpp"

auto ledgers = att::attribute(sales, touches, att::models(att::linear, 0.5));
