// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// No id covers an implausible share of all rows. Ids that stand for many customers do: a default
/// such as `0` or `unknown`, a shared device, a bot. A join by such an id makes them all one
/// customer.
///
/// Shape:      `plausible_share("user", &touch::user)`; severity warning. Each id that covers more
///             than `most` of the rows, and at least `enough` of them, counts 1, names the first of
///             its rows, and has a note with the id and the number of its rows.
/// Units:      `most` is a share in [0, 1].
/// Edges:      missing ids are not counted, see `required`; to make such an id missing, see
///             `present`.
/// Errors:     std::invalid_argument if `most` lies outside [0, 1].
/// Complexity: a look-up per row; keeps each id.
template <class Projection>
[[nodiscard]] auto plausible_share(std::string_view subject, Projection id, double most = 0.05,
                                   std::size_t enough = 100) {
    if (!(most >= 0 && most <= 1))
        throw std::invalid_argument{"plausible_share: the share must lie in [0, 1]"};
    return basic_rule{detail::rule_name("plausible_share", subject), severity::warning,
                      "the same " + std::string{subject} +
                          " covers an implausible share of all rows: a default, a bot, a shared "
                          "device?",
                      detail::plausible_share_check<Projection>{std::move(id), most, enough}};
}

}  // namespace attribution
