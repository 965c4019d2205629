// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/report/grouped_tally.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// One group of a tally, by itself.
template <class Tally>
using group_entry = std::tuple<typename Tally::key_tuple, bool, typename Tally::cells_type>;

template <class Tally>
concept has_groups = requires(Tally& whole, large_vector<group_entry<Tally>> const& groups) {
    whole.merge_groups(groups);
};

/// The pieces of some bytes that end at these places, in the order of their own bytes. Compiled where it is
/// used, as the range of places is a template's parameter.
template <class Ends>
std::vector<std::string_view> sorted_pieces(std::string_view bytes, Ends const& ends) {
    // Most pieces differ in their first bytes, which are compared as a number.
    struct piece {
        std::uint64_t first;
        std::string_view all;
    };
    std::vector<piece> pieces;
    pieces.reserve(ends.size());
    std::size_t begin = 0;
    for (auto const end : ends) {
        auto const all = bytes.substr(begin, end - begin);
        std::uint64_t first = 0;
        for (std::size_t i = 0; i < 8; ++i)
            first = first << 8 | (i < all.size() ? static_cast<unsigned char>(all[i]) : 0U);
        pieces.push_back({first, all});
        begin = end;
    }
    std::sort(pieces.begin(), pieces.end(), [](piece const& a, piece const& b) {
        return a.first != b.first ? a.first < b.first : a.all < b.all;
    });
    std::vector<std::string_view> sorted;
    sorted.reserve(pieces.size());
    for (auto const& one : pieces)
        sorted.push_back(one.all);
    return sorted;
}

/// The groups of a tally as bytes that are the same for equal tallies: ordered by their own bytes.
template <class Tally>
void write_groups(byte_writer& out, Tally const& whole) {
    byte_writer all;
    std::vector<std::size_t> ends;
    whole.for_each_group([&](auto const& key, bool attributed, auto const& cells) {
        detail::write(all, key);
        detail::write(all, attributed);
        detail::write(all, cells);
        ends.push_back(all.bytes().size());
    });
    out.count(ends.size());
    out.reserve(out.bytes().size() + all.bytes().size());
    for (auto const& one : detail::sorted_pieces(all.bytes(), ends))
        out.raw(one);
}

template <class Tally>
large_vector<group_entry<Tally>> read_groups(byte_reader& in) {
    large_vector<group_entry<Tally>> groups;
    std::string_view previous;
    auto left = in.size();
    constexpr std::size_t least_bytes = 16;  // a share of each group has as many
    groups.reserve(std::min(left, in.left() / least_bytes));
    for (; left > 0; --left) {
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
    static void merge(Tally& into, large_vector<group_entry<Tally>> const& groups) {
        into.merge_groups(groups);
    }
};

}  // namespace attribution::detail
