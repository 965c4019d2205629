// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/tally.hpp>
#include <attribution/engine/report/grouped_tally.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// One group of a tally, by itself.
template <class Tally>
using group_entry = std::tuple<typename Tally::key_tuple, bool, typename Tally::cells_type>;

template <class Tally>
concept has_groups = requires(Tally& whole, std::vector<group_entry<Tally>> const& groups) {
    whole.merge_groups(groups);
};

/// The groups of a tally as bytes that are the same for equal tallies: ordered by their own bytes.
template <class Tally>
void write_groups(byte_writer& out, Tally const& whole) {
    std::vector<std::string> groups;
    whole.for_each_group([&](auto const& key, bool attributed, auto const& cells) {
        byte_writer one;
        detail::write(one, group_entry<Tally>{key, attributed, cells});
        groups.push_back(one.take());
    });
    std::sort(groups.begin(), groups.end());
    out.count(groups.size());
    for (auto const& one : groups)
        out.raw(one);
}

template <class Tally>
std::vector<group_entry<Tally>> read_groups(byte_reader& in) {
    std::vector<group_entry<Tally>> groups;
    std::string_view previous;
    for (auto left = in.size(); left > 0; --left) {
        auto const bytes = in.rest();
        auto key = detail::read<typename Tally::key_tuple>(in);
        auto const attributed = detail::read<bool>(in);
        auto const own = bytes.substr(0, bytes.size() - in.left());
        if (!(previous < own))
            byte_reader::refuse("the groups of a tally are not in order, or one is there twice");
        previous = own;
        auto const cells = detail::read<typename Tally::cells_type>(in);
        if (!is_group_form(key) || !Tally::has_group(key, attributed, cells))
            byte_reader::refuse("a tally has a group that no credits can make");
        groups.emplace_back(std::move(key), attributed, cells);
    }
    if (Tally::always_unattributed && (groups.empty() || std::get<1>(groups.front())))
        byte_reader::refuse("a tally has no group of unattributed value");
    return groups;
}

template <class Tally>
description describe_tally(configuration const& how) {
    return {"tally", form_name<group_entry<Tally>>(), how};
}

}  // namespace detail

/// A tally of `by(...)` as bytes, to be sent to another machine or kept for later.
///
/// Shape:      what `by(...).bind(conversions, touchpoints)` gives, after credits were added.
/// Returns:    equal bytes for equal tallies, whatever the order and partition of their credits.
/// Errors:     std::invalid_argument if a name or value of the configuration does not fit into a
///             line.
/// Complexity: O(g log g) for g groups.
/// Example:    examples/recipes/tally_on_two_machines.cpp
template <class Tally>
    requires detail::has_groups<Tally>
[[nodiscard]] std::string to_bytes(Tally const& whole, configuration const& how) {
    detail::byte_writer body;
    detail::write_groups(body, whole);
    return detail::seal(detail::describe_tally<Tally>(how), body.bytes());
}

/// Merges into a tally the bytes that `to_bytes` made of another one.
///
/// Errors:     partial_error, which says what is wrong or which parts of the configuration differ.
///             If anything is thrown, the tally is unchanged.
template <class Tally>
    requires detail::has_groups<Tally>
void merge_bytes(Tally& into, std::string_view bytes, configuration const& how) {
    detail::byte_reader in{detail::unseal(detail::describe_tally<Tally>(how), bytes)};
    auto const groups = detail::read_groups<Tally>(in);
    in.finish();
    into.merge_groups(groups);
}

}  // namespace attribution
