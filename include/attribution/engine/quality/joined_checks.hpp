// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Rows that were found to break a rule when the rule was made.
class marked_rows_check {
  public:
    marked_rows_check(std::vector<std::size_t> rows, std::size_t size)
        : rows_{std::make_shared<std::vector<std::size_t> const>(std::move(rows))}, size_{size} {}

    template <class Rows>
    void operator()(Rows const& rows, offences& found) const {
        if (rows.size() != size_)
            throw std::invalid_argument{"validate: a rule about joined records has to check the "
                                        "records that were joined, all of them"};
        for (auto const row : *rows_)
            found.row(row);
    }

  private:
    std::shared_ptr<std::vector<std::size_t> const> rows_;
    std::size_t size_;
};

/// For every touchpoint: is it in the path of a conversion?
template <class Journeys, class Policy>
std::vector<bool> in_some_path(Journeys const& joined, Policy const& p) {
    std::vector<bool> seen(joined.touchpoints().size(), false);
    joined.for_each_path(p, [&](auto const& steps) {
        for (auto const& visit : steps.visits())
            seen[visit.row] = true;
    });
    return seen;
}

}  // namespace attribution::detail
