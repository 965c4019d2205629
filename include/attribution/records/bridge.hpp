// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/records/linked.hpp>

#include <range/v3/range/concepts.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// The links of a bridge, found by the key of what they lead to; made by `bridge`.
template <class Links, class Key>
class bridge_table {
    using id_type = detail::value_type_in<detail::projected<Key, Links>>;
    using probe = detail::probe_for<id_type>;

  public:
    using rows_type = detail::rows<Links>;
    static constexpr bool holds_data = detail::is_view<Links>;

    bridge_table(rows_type links, Key const& key) : links_{std::move(links)} {
        auto made = std::make_shared<index>();
        std::vector<std::size_t> numbers;
        numbers.reserve(links_.size());
        for (std::size_t row = 0; row < links_.size(); ++row) {
            decltype(auto) own = detail::project(key, links_[row]);
            auto const number =
                detail::is_missing(own) ? no_number : made->numbers(probe(detail::value_in(own)));
            numbers.push_back(number);
        }
        made->starts.assign(made->numbers.size() + 1, 0);
        for (auto const number : numbers)
            if (number != no_number)
                ++made->starts[number + 1];
        for (std::size_t i = 1; i < made->starts.size(); ++i)
            made->starts[i] += made->starts[i - 1];
        made->rows.resize(made->starts.back());
        auto next = made->starts;
        for (std::size_t row = 0; row < numbers.size(); ++row)
            if (numbers[row] != no_number)
                made->rows[next[numbers[row]]++] = row;
        index_ = std::move(made);
    }

    /// How many links there are.
    [[nodiscard]] std::size_t size() const { return links_.size(); }
    [[nodiscard]] decltype(auto) operator[](std::size_t row) const& { return links_[row]; }
    /// A temporary whose view holds its links itself returns a copy.
    [[nodiscard]] auto operator[](std::size_t row) const&& -> std::conditional_t<
        holds_data, std::remove_cvref_t<decltype(std::declval<rows_type const&>()[0])>,
        decltype(std::declval<rows_type const&>()[0])> {
        return links_[row];
    }

    /// The rows of the links with this key, ascending; none if it is missing. They stay as long as a
    /// copy of this table does. `desk.touch` each of them to bridge a stream.
    ///
    /// Edges:      a key of another type than the links' equals theirs if its value does exactly.
    /// Complexity: a look-up.
    template <class Id>
    [[nodiscard]] std::span<std::size_t const> links_of(Id const& id) const& {
        auto const found = detail::exactly_as<probe>(id);
        auto const number = found ? index_->numbers.find(*found) : no_number;
        if (number == no_number)
            return {};
        auto const begin = index_->starts[number];
        return std::span{index_->rows}.subspan(begin, index_->starts[number + 1] - begin);
    }
    template <class Id, class Self = bridge_table>
    void links_of(Id const&) const&& {
        detail::refuse_temporary<Self>();
    }

  private:
    using numbers_type = detail::interner<detail::stored_for<id_type>, probe>;
    static constexpr auto no_number = numbers_type::none;
    struct index {
        numbers_type numbers;
        std::vector<std::size_t> starts;  // of each number's rows
        std::vector<std::size_t> rows;
    };

    rows_type links_;
    std::shared_ptr<index const> index_;
};

/// Makes a bridge of links, such as the roles of contacts in deals, and says how to read off each
/// link the key of the record that it leads to.
///
/// Shape:      any forward range of links; `bridged` takes it, and `links_of` looks one key up.
/// Edges:      one key may have any number of links. A link whose key is missing leads to nothing.
///             Text is compared by its characters.
/// Errors:     a static_assert says what is wrong with an argument. Borrows a container, as
///             `touchpoints` does, and indexes it once: links that come later are not in it.
/// Complexity: a look-up per link; keeps the keys and a number per link.
/// Example:    examples/recipes/buying_committee.cpp
template <class Links, class Key>
[[nodiscard]] auto bridge(Links&& links, Key key) {
    detail::check_range<Links>();
    detail::check_key<Links, Key>();
    return bridge_table<Links, Key>{detail::rows<Links>{std::forward<Links>(links)}, key};
}

namespace detail {

template <class Records, class Table>
struct bridged_fetch {
    static constexpr bool holds_data = is_view<Records> || Table::holds_data;

    rows<Records> records;
    Table table;

    using record_type = decltype(std::declval<rows<Records> const&>()[0]);
    using link_type = decltype(std::declval<typename Table::rows_type const&>()[0]);

    linked_record<record_type, link_type> operator()(std::size_t record, std::size_t link) const {
        return {records[record], table[link]};
    }
};

template <class T>
inline constexpr bool is_bridge_table = false;
template <class L, class K>
inline constexpr bool is_bridge_table<bridge_table<L, K>> = true;

}  // namespace detail

/// Every record once for each link that leads to it: the visits of contacts, once for each deal in
/// which the contact has a role. What links and records say can both be read off the result, so that
/// a touchpoint is joined by a key of the link and has the time of the record.
///
/// Shape:      `auto const seen = bridged(visits, &visit::contact, bridge(roles, &role::contact))`,
///             then `touchpoints(seen, of_link(&role::deal), of_record(&visit::at))`. In the order
///             (row of the record, row of the link). Credits name rows of this range;
///             `record_row`, `link_row` lead back.
/// Edges:      a contact with two links to one deal has each visit in it twice; `without_duplicates`
///             by the visit and the deal counts it once. A record whose key is missing, or has no
///             link, is in none; `unlinked()` names it.
/// Errors:     a static_assert says what is wrong with an argument. Borrows a container, as
///             `touchpoints` does.
/// Complexity: a look-up per record; keeps two numbers per pair.
/// Example:    examples/recipes/buying_committee.cpp
template <class Records, class Key, class Table>
[[nodiscard]] auto bridged(Records&& records, Key key, Table table) {
    detail::check_range<Records>();
    detail::check_key<Records, Key>();
    static_assert(detail::is_bridge_table<Table>,
                  "attribution: the third argument of bridged() is a bridge: bridge(links, "
                  "&link::key_of_the_record)");
    using fetch = detail::bridged_fetch<Records, Table>;
    using pair = typename linked_records<fetch>::row_pair;
    detail::rows<Records> all{std::forward<Records>(records)};
    std::vector<pair> pairs;
    std::vector<std::size_t> unlinked;
    for (std::size_t row = 0; row < all.size(); ++row) {
        decltype(auto) own = detail::project(key, all[row]);
        auto const links = table.links_of(own);
        for (auto const link : links)
            pairs.push_back({row, link});
        if (links.empty())
            unlinked.push_back(row);
    }
    return linked_records<fetch>{fetch{std::move(all), std::move(table)}, std::move(pairs),
                                 std::move(unlinked)};
}

}  // namespace attribution
