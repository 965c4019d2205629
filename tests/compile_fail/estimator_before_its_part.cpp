// SPDX-License-Identifier: BSL-1.0
// EXPECT: a blend is made of models, and this is an estimator; learn its model first
#include "records.hpp"

auto const model = att::markov(&visit::channel) * 0.5 + att::linear * 0.5;
