// SPDX-License-Identifier: BSL-1.0
// EXPECT: between\(\) takes projections of the conversion to instants
#include "records.hpp"

auto const policy = att::between(std::chrono::hours{3}, std::chrono::hours{72});
