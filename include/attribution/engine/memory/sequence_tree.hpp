// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A map from pairs of 32-bit numbers to a 32-bit number; open addressing.
class pair_map {
  public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    /// The number of a pair. A new pair gets the number `fresh`. (none, none) is not a valid pair.
    ATTRIBUTION_INLINE std::uint32_t operator()(std::uint32_t a, std::uint32_t b,
                                                std::uint32_t fresh) {
        return number(a, b, fresh);
    }

    /// The same number, which may be changed until the map is used again.
    ATTRIBUTION_INLINE std::uint32_t& number(std::uint32_t a, std::uint32_t b,
                                             std::uint32_t fresh) {
        if (2 * (size_ + 1) > slots_.size())
            grow();
        auto const key = std::uint64_t{a} << 32 | b;
        auto const mask = slots_.size() - 1;
        auto place = scatter_pair(key) & mask;
        while (slots_[place].key != key) {
            if (slots_[place].key == empty) {
                slots_[place] = {key, fresh};
                ++size_;
                break;
            }
            place = (place + 1) & mask;
        }
        return slots_[place].number;
    }

    /// The number of a pair, or `none` if it has none.
    [[nodiscard]] std::uint32_t find(std::uint32_t a, std::uint32_t b) const {
        if (slots_.empty())
            return none;
        auto const key = std::uint64_t{a} << 32 | b;
        auto const mask = slots_.size() - 1;
        auto place = scatter_pair(key) & mask;
        while (slots_[place].key != key && slots_[place].key != empty)
            place = (place + 1) & mask;
        return slots_[place].number;
    }

  private:
    static constexpr std::uint64_t empty = ~std::uint64_t{0};

    struct slot {
        std::uint64_t key = empty;
        std::uint32_t number = none;
    };

    static std::size_t scatter_pair(std::uint64_t key) {
        key *= 0x9e37'79b9'7f4a'7c15U;
        return static_cast<std::size_t>(key ^ (key >> 32));
    }

    ATTRIBUTION_OUT_OF_LINE void grow() {
        buffer<slot> old(slots_.empty() ? 64 : 2 * slots_.size(), slot{});
        old.swap(slots_);
        auto const mask = slots_.size() - 1;
        for (auto const& entry : old) {
            if (entry.key == empty)
                continue;
            auto place = scatter_pair(entry.key) & mask;
            while (slots_[place].key != empty)
                place = (place + 1) & mask;
            slots_[place] = entry;
        }
    }

    buffer<slot> slots_;
    std::size_t size_ = 0;
};

/// Gives every distinct sequence of small numbers a number, in a prefix tree. The empty sequence is
/// 0, and a sequence's number is larger than those of its prefixes.
class sequence_tree {
  public:
    static constexpr std::uint32_t root = 0;

    sequence_tree() { nodes_.push_back({root, 0, 0}); }

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

    /// The sequence `node` with `last` appended.
    ///
    /// Errors:     std::length_error if there is no number left; the tree may then only be
    ///             destroyed or assigned to.
    std::uint32_t child(std::uint32_t node, std::uint32_t last) {
        auto const fresh = static_cast<std::uint32_t>(nodes_.size());
        auto const found = children_(node, last, fresh);
        if (found == fresh) {
            static_cast<void>(as_number(nodes_.size()));
            nodes_.push_back({node, last, nodes_[node].length + 1});
        }
        return found;
    }

    [[nodiscard]] std::uint32_t parent(std::uint32_t node) const { return nodes_[node].parent; }
    [[nodiscard]] std::uint32_t last(std::uint32_t node) const { return nodes_[node].last; }

    /// Replaces `into` by the sequence.
    void read(std::uint32_t node, std::vector<std::uint32_t>& into) const {
        into.assign(nodes_[node].length, 0);
        for (auto place = into.size(); place-- > 0; node = nodes_[node].parent)
            into[place] = nodes_[node].last;
    }

  private:
    struct entry {
        std::uint32_t parent;
        std::uint32_t last;
        std::uint32_t length;
    };

    buffer<entry> nodes_;
    pair_map children_;
};

}  // namespace attribution::detail
