// SPDX-License-Identifier: BSL-1.0
// EXPECT: attribution needs C..20: compile with -std=c..20
// What a compiler for C++17 says of itself.
#undef __cplusplus
#define __cplusplus 201703L
#include <attribution/attribution.hpp>
