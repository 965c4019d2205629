// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/grouped_tally.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

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

template <has_groups Tally>
struct partial_form<Tally> {
    static description describe(Tally const&, configuration const& how) {
        return {"tally", form_name<group_entry<Tally>>(), how};
    }
    static void write(byte_writer& out, Tally const& whole) { detail::write_groups(out, whole); }
    static auto read(byte_reader& in) { return detail::read_groups<Tally>(in); }
    static void merge(Tally& into, std::vector<group_entry<Tally>> const& groups) {
        into.merge_groups(groups);
    }
};

}  // namespace attribution::detail
