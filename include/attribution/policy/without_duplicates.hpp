// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

class without_duplicates_policy : public policy_tag {
  public:
    static constexpr outcome refusal = outcome::duplicate_id;
    static constexpr bool names_rows = true;

    [[nodiscard]] static constexpr std::string_view name() { return "without duplicates"; }

    explicit without_duplicates_policy(std::vector<bool> repeated)
        : repeated_{std::make_shared<std::vector<bool> const>(std::move(repeated))} {}

    template <class Step>
    bool operator()(Step const& s) const {
        if (s.row() >= repeated_->size())
            throw std::out_of_range{
                "without_duplicates: touchpoint row " + std::to_string(s.row()) +
                " is not among the records it was made for; make one for these"};
        return !(*repeated_)[s.row()];
    }

  private:
    std::shared_ptr<std::vector<bool> const> repeated_;
};

/// Admits only the first row of every id, so that a record that was delivered twice earns once.
///
/// Shape:      touchpoint records and a projection of a touchpoint to its id.
/// Edges:      a record whose id is missing (an empty std::optional, a NaN, a null pointer) is
///             never a duplicate. The policy is valid only for these records: it reads their rows
///             once, when it is made.
/// Errors:     std::out_of_range, naming the row, if it is asked about a row that these records do
///             not have.
/// Complexity: one pass over the touchpoints; then O(1) per touchpoint and one bit each.
template <class Touchpoints, class Id>
[[nodiscard]] auto without_duplicates(Touchpoints const& touchpoints, Id id) {
    using id_type = detail::value_type_in<
        std::remove_cvref_t<std::invoke_result_t<Id const&, typename Touchpoints::reference>>>;
    detail::interner<detail::stored_for<id_type>, detail::probe_for<id_type>> seen;
    std::vector<bool> repeated(touchpoints.size());
    for (std::size_t row = 0; row < touchpoints.size(); ++row) {
        decltype(auto) own = detail::project(id, touchpoints[row]);
        if (detail::is_missing(own))
            continue;
        auto const known = seen.size();
        repeated[row] = seen(detail::value_in(own)) < known;
    }
    return without_duplicates_policy{std::move(repeated)};
}

}  // namespace attribution
