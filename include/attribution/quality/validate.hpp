// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/quality/findings.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1 {

/// How findings name rows.
struct row_naming {
    std::size_t limit = 5;      // how many rows of every finding are named
    std::size_t first_row = 0;  // number of the first row, for a part of a larger file
};

struct validate_fn {
    /// Checks records against rules: every rule gives a finding, with count 0 if nothing breaks it.
    ///
    /// Shape:      any forward range of records; one rule, `rules(...)`, or a container of rules.
    /// Edges:      bad data throws nothing: a finding is a value. An empty range breaks no rule
    ///             about rows, but its total may differ from a reference. The range is only read
    ///             and may be a temporary.
    /// Errors:     std::invalid_argument if two of the rules have the same name.
    /// Complexity: each rule reads the range once.
    /// Example:    examples/recipes/validate.cpp
    template <class Range, class Rules>
    [[nodiscard]] findings operator()(Range&& range, Rules const& all,
                                      row_naming naming = {}) const {
        static_assert(
            ranges::forward_range<Range>,
            "attribution: validate() needs a forward range (a container, a view, columns(...)); "
            "keep a single-pass stream in a container first");
        detail::rows<std::remove_reference_t<Range>&> const rows{range};
        findings found{naming.limit};
        std::vector<std::string> names;
        detail::for_each_rule(all, [&](auto const& one) {
            if (std::find(names.begin(), names.end(), one.name) != names.end())
                throw std::invalid_argument{"validate: two rules are called " + one.name +
                                            "; give one of them another name"};
            names.push_back(one.name);
            offences broken{naming.limit};
            if constexpr (check_of<decltype(one.check), std::remove_const_t<decltype(rows)>>) {
                one.check(rows, broken);
            } else {
                [&]<class Record>(
                    basic_rule<std::function<void(record_rows<Record> const&, offences&)>> const&) {
                    one.check(record_rows<Record>{rows}, broken);
                }(one);
            }
            auto numbers = broken.rows();
            for (auto& number : numbers)
                number += naming.first_row;
            found.add(finding{one.name, one.severity, one.text, rows.size(), broken.count(),
                              std::move(numbers), broken.notes()});
        });
        return found;
    }
};

/// Checks records against rules. The arguments are those of `validate_fn`.
inline constexpr validate_fn validate{};

}  // namespace attribution
