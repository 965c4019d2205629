// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/stable_hash.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;

// As in examples/cluster/README.md; computed once more by a few lines of Python.
static_assert(att::stable_hash("") == 0xcbf29ce484222325U);
static_assert(att::stable_hash("a") == 0xaf63dc4c8601ec8cU);
static_assert(att::stable_hash("foobar") == 0x85944171f73967e8U);
static_assert(att::stable_hash("M\xc3\xbcller") == 0x83e06783f7b17fdcU);
