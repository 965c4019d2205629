// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/quality/key_checks.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/quality/rule.hpp>

#include <range/v3/range/traits.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

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

}  // namespace attribution
