// SPDX-License-Identifier: BSL-1.0
// FLAGS: -fno-exceptions
// EXPECT: compile without -fno-exceptions
#include <attribution/concepts.hpp>
