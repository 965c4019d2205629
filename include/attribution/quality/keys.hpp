// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/quality/rule.hpp>

#include <range/v3/range/traits.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// No two rows have the same id. Rows that repeat the id of an earlier row break the rule; the
/// first row does not.
///
/// Shape:      `id` projects a record to a key, or to an optional one.
/// Edges:      missing ids (empty optionals, null pointers, NaNs) do not repeat each other; see
///             `required`. Text is compared by its characters. To leave repeats out, see
///             `without_repeats`.
/// Complexity: a look-up per row; keeps each id.
template <class Projection>
[[nodiscard]] auto unique(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("unique", subject), severity::error,
                      "repeats the " + std::string{subject} + " of an earlier row",
                      detail::unique_check<Projection>{std::move(id)}};
}

/// No id is in several rows. After a join that multiplies rows it is, and a sum then counts a value
/// once per row. *All* rows of such an id break the rule, also the first, because none of them is
/// the original.
///
/// Edges:      as `unique`.
template <class Projection>
[[nodiscard]] auto fan_out(std::string_view subject, Projection id) {
    return basic_rule{detail::rule_name("fan_out", subject), severity::error,
                      "the same " + std::string{subject} +
                          " stands on several rows, so that a sum counts it several times",
                      detail::fan_out_check<Projection>{std::move(id)}};
}

/// A value is present: the optional is not empty, the pointer is not null, the number is not a NaN,
/// and the text is not empty.
///
/// Edges:      spaces are text, and so is `null`, unless a predicate of the projected value says
///             otherwise. The predicate is needed for types that cannot be empty:
///             `required("usage", &call::seconds, [](int s) { return s == 0; })`.
template <class Projection, class Missing = detail::empty_or_no_text>
[[nodiscard]] auto required(std::string_view subject, Projection projection, Missing missing = {}) {
    return basic_rule{
        detail::rule_name("required", subject), severity::error,
        std::string{subject} + " is missing",
        detail::required_check<Projection, Missing>{std::move(projection), std::move(missing)}};
}

/// Every reference is known: it is one of `keys`, a range of keys, or of records with a projection
/// to their key.
///
/// Edges:      missing references do not break the rule; see `required`. References of another type
///             than the keys are compared by value. The keys are copied.
/// Complexity: O(k) to make the rule, a look-up per row.
template <class Projection, class Keys, class KeyProjection = std::identity>
[[nodiscard]] auto known(std::string_view subject, Projection reference, Keys&& keys,
                         KeyProjection key = {}) {
    using projected_key = std::remove_cvref_t<
        std::invoke_result_t<KeyProjection const&, ranges::range_reference_t<Keys>>>;
    using value = detail::value_type_in<projected_key>;
    using key_set = detail::interner<detail::stored_for<value>, detail::probe_for<value>>;
    auto set = std::make_shared<key_set>();
    for (auto&& record : keys) {
        auto&& seen = detail::project(key, record);
        if (!detail::is_missing(seen))
            (void)(*set)(detail::value_in(seen));
    }
    return basic_rule{detail::rule_name("known", subject), severity::error,
                      std::string{subject} + " leads to nothing known",
                      detail::known_check<Projection, detail::stored_for<value>, key_set>{
                          std::move(reference), set}};
}

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
