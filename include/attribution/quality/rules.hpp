// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/quality/rule.hpp>

#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

/// Several rules as one; made by `rules`.
template <class... Parts>
class rule_set {
  public:
    explicit rule_set(Parts... parts) : parts_{std::move(parts)...} {}

    template <class Use>
    void for_each(Use&& use) const;

  private:
    std::tuple<Parts...> parts_;
};

namespace detail {

template <class T>
inline constexpr bool is_rule = false;
template <class Check>
inline constexpr bool is_rule<basic_rule<Check>> = true;

template <class T>
inline constexpr bool is_rule_set = false;
template <class... Parts>
inline constexpr bool is_rule_set<rule_set<Parts...>> = true;

/// Calls `use(rule)` for a rule, each of a set, or each in a range.
template <class Rules, class Use>
void for_each_rule(Rules const& several, Use&& use) {
    if constexpr (is_rule<Rules>)
        use(several);
    else if constexpr (is_rule_set<Rules>)
        several.for_each(use);
    else
        for (auto const& one : several)
            for_each_rule(one, use);
}

}  // namespace detail

template <class... Parts>
template <class Use>
void rule_set<Parts...>::for_each(Use&& use) const {
    std::apply([&](auto const&... part) { (detail::for_each_rule(part, use), ...); }, parts_);
}

/// Several rules together: any mixture of single rules, other `rules(...)`, and containers of
/// rules.
///
/// Extending a set of rules is `rules(the_set, another_rule)`.
template <class... Parts>
[[nodiscard]] auto rules(Parts... parts) {
    return rule_set<Parts...>{std::move(parts)...};
}

}  // namespace attribution
