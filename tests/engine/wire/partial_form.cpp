// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/partial_form.hpp>

#include <attribution/engine/wire/counts_form.hpp>
#include <attribution/engine/wire/findings_form.hpp>
#include <attribution/engine/wire/tally_form.hpp>
#include <attribution/learn/markov.hpp>

#include "wire/tallies.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;
using att::detail::has_partial_form;

static_assert(has_partial_form<att::findings>);
static_assert(has_partial_form<decltype(support::tallies::tally_of(support::tallies::sample,
                                                                   &support::tallies::tenth))>);
static_assert(has_partial_form<
              std::remove_cvref_t<decltype(att::markov().counts<std::string, std::int64_t>())>>);
static_assert(!has_partial_form<std::string> && !has_partial_form<std::vector<int>> &&
              !has_partial_form<att::finding>);
