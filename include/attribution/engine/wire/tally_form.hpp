// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/report/grouped_tally.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/engine/wire/words.hpp>
#include <attribution/wire/configuration.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1::detail {

/// One group of a tally, by itself.
template <class Tally>
using group_entry = std::tuple<typename Tally::key_tuple, bool, typename Tally::cells_type>;

template <class Tally>
concept has_groups = requires(Tally& whole, large_vector<group_entry<Tally>> const& groups) {
    whole.merge_groups(groups);
};

/// Some of many bytes.
struct piece {
    std::uint64_t first;  // eight bytes, as a number: most pieces differ in them
    std::string_view all;
};

/// Brings pieces into the order of their bytes: first to others that begin alike, then among these. Compiled
/// where it is used, as what they are is a template's parameter.
template <class Piece>
void sort_pieces(buffer<Piece>& pieces) {
    auto const precedes = [](Piece const& a, Piece const& b) {
        return a.first != b.first ? a.first < b.first : a.all < b.all;
    };
    auto const [least, most] =
        std::minmax_element(pieces.begin(), pieces.end(),
                            [](Piece const& a, Piece const& b) { return a.first < b.first; });
    auto const lowest = least->first;
    auto const width = static_cast<int>(std::bit_width(most->first - lowest));
    auto const bits = std::min(width, static_cast<int>(std::bit_width(pieces.size())) - 1);
    auto const place_of = [&](Piece const& one) {
        return static_cast<std::size_t>((one.first - lowest) >> (width - bits));
    };
    buffer<std::size_t> ends((std::size_t{1} << bits) + 1, 0);
    for (auto const& one : pieces)
        ++ends[place_of(one) + 1];
    for (std::size_t i = 1; i < ends.size(); ++i)
        ends[i] += ends[i - 1];
    buffer<Piece> sorted;
    sorted.resize_for_overwrite(pieces.size());
    for (auto const& one : pieces)
        sorted[ends[place_of(one)]++] = one;
    std::size_t begin = 0;
    for (auto const end : ends) {
        if (end > begin + 1)
            std::sort(sorted.begin() + begin, sorted.begin() + end, precedes);
        begin = end;
    }
    pieces.swap(sorted);
}

/// The pieces of some bytes that end at these places, in the order of their own bytes.
template <class Ends>
buffer<piece> sorted_pieces(std::string_view bytes, Ends const& ends) {
    buffer<piece> pieces;
    pieces.reserve(ends.size());
    std::size_t begin = 0;
    for (auto const end : ends) {
        auto const all = bytes.substr(begin, end - begin);
        pieces.push_back({detail::highest_first(detail::word_of(all.substr(0, 8))), all});
        begin = end;
    }
    if (pieces.size() > 1)
        detail::sort_pieces(pieces);
    return pieces;
}

/// The groups of a tally as bytes that are the same for equal tallies: ordered by their own bytes.
template <class Tally>
void write_groups(byte_writer& out, Tally const& whole) {
    byte_writer all;
    buffer<std::size_t> ends;
    whole.for_each_group([&](auto const& key, bool attributed, auto const& cells) {
        detail::write(all, key);
        detail::write(all, attributed);
        detail::write(all, cells);
        ends.push_back(all.size());
    });
    out.count(ends.size());
    out.reserve(out.size() + all.size());
    for (auto const& one : detail::sorted_pieces(all.bytes(), ends))
        out.raw(one.all);
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
        auto cells = detail::read<typename Tally::cells_type>(in);
        if (!is_group_form(key) || !Tally::has_group(key, attributed, cells))
            byte_reader::refuse("a tally has a group that no credits can make");
        groups.emplace_back(std::move(key), attributed, std::move(cells));
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
