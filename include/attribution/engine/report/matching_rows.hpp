// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Which rows of two ranges are the same record, by its id. `no_row` where there is none.
struct matching_rows {
    std::vector<std::size_t> before_of;  // for each row after
    std::vector<std::size_t> after_of;   // for each row before
};

template <class Id, class Records>
using id_in = value_type_in<
    std::remove_cvref_t<std::invoke_result_t<Id const&, typename Records::reference>>>;

/// Errors:     std::invalid_argument if an id is missing or there twice; `what` names the records.
template <class Before, class After, class Id>
matching_rows match_rows(Before const& before, After const& after, Id const& id,
                         std::string const& what) {
    using id_type = id_in<Id, Before>;
    using numbers = interner<stored_for<id_type>, probe_for<id_type>>;
    auto const numbered = [&](auto const& records, numbers& ids, auto use) {
        for (std::size_t row = 0; row < records.size(); ++row) {
            decltype(auto) record = records[row];
            decltype(auto) own = detail::project(id, record);
            if (detail::is_missing(own))
                throw std::invalid_argument{"difference: the id of " + what + " row " +
                                            std::to_string(row) +
                                            " is missing; what is it to be compared with?"};
            use(row, ids(value_in(own)));
        }
    };
    auto const refuse_second = [&](std::size_t row) {
        throw std::invalid_argument{"difference: " + what + " row " + std::to_string(row) +
                                    " has the id of an earlier row; leave repeated records out, or "
                                    "make the id a pair of what tells them apart"};
    };
    numbers ids;
    matching_rows rows{std::vector<std::size_t>(after.size(), no_row),
                       std::vector<std::size_t>(before.size(), no_row)};
    numbered(before, ids, [&](std::size_t row, std::size_t number) {
        if (number != row)
            refuse_second(row);
    });
    std::vector<bool> seen(before.size());
    numbered(after, ids, [&](std::size_t row, std::size_t number) {
        seen.resize(ids.size());
        if (seen[number])
            refuse_second(row);
        seen[number] = true;
        if (number < before.size()) {
            rows.before_of[row] = number;
            rows.after_of[number] = row;
        }
    });
    return rows;
}

}  // namespace attribution::detail
