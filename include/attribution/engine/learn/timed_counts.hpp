// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/engine/learn/timed_parts.hpp>
#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Touchpoints by channel and age, and converting paths by those. Touchpoints after the end of
/// their path, whose age is negative, are not counted. A commutative monoid, see `learned_counts`.
template <class Channel, amount Amount>
class timed_counts {
  public:
    using parts_type = timed_parts<Channel, Amount>;
    using probe = channel_probe<Channel>;

    std::uint32_t channel(probe const& seen) { return channels_(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return evidence_; }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& { return evidence_; }

    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             path_outcome<Amount> const& outcome) {
        auto const weight = counted(outcome.conversions, outcome.nulls);
        members_.clear();
        for (std::size_t i = 0; i < path.size(); ++i)
            if (ages[i] >= 0 && weight != 0)
                members_.push_back(touch(path[i], ages[i]));
        if (!take_note(evidence_, members_.size(), outcome))
            return;
        passed_ = counted(passed_, weight, members_.size());
        for (auto const one : members_)
            touches_[one].count += weight;
        if (outcome.conversions == 0)
            return;
        auto& one = converting(members_);
        one.conversions += outcome.conversions;
        values_[one.value].add(outcome.value);
    }

    void merge(timed_counts const& other) {
        auto whole = *this;
        whole.add_all(other.take_apart());
        *this = std::move(whole);
    }

    [[nodiscard]] parts_type take_apart() const {
        auto const [channels, place_of_channel] = channels_.in_order();
        parts_type parts{channels, {}, {}, evidence_};
        std::vector<std::pair<typename parts_type::touch, std::uint32_t>> order;
        for (std::uint32_t i = 0; i < touches_.size(); ++i)
            if (touches_[i].count != 0)
                order.emplace_back(std::tuple{place_of_channel[touches_[i].channel],
                                              touches_[i].age, touches_[i].count},
                                   i);
        std::sort(order.begin(), order.end());
        std::vector<std::uint32_t> place(touches_.size(), 0);
        for (auto const& [one, number] : order) {
            place[number] = static_cast<std::uint32_t>(parts.touches.size());
            parts.touches.push_back(one);
        }
        for (std::uint32_t node = 1; node < paths_.size(); ++node) {
            auto const* const value = values_.find(paths_[node].value);
            if (value == nullptr)
                continue;
            auto& part = parts.paths.emplace_back();
            auto& places = std::get<0>(part);
            tree_.read(node, places);
            for (auto& one : places)
                one = place[one];
            std::sort(places.begin(), places.end());
            std::get<1>(part) = paths_[node].conversions;
            std::get<2>(part) = *value;
        }
        std::sort(parts.paths.begin(), parts.paths.end(), [](auto const& a, auto const& b) {
            return comes_before(std::get<0>(a), std::get<0>(b));
        });
        return parts;
    }

    /// Adds counts that were taken apart, and checked.
    ///
    /// Errors:     std::overflow_error if there are more paths, or touchpoints in them, than 64
    ///             bits can count. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) {
        auto whole = *this;
        whole.add_all(parts);
        *this = std::move(whole);
    }

  private:
    using totals = sparse_totals<Amount>;

    struct counted_touch {
        std::uint32_t channel;
        std::int64_t age;
        std::uint64_t count;
    };
    struct counted_path {
        std::uint64_t conversions = 0;
        typename totals::place value;  // set once a path converted
    };

    void add_all(parts_type const& parts) {
        evidence_.merge(parts.seen);
        std::vector<std::uint32_t> channels;
        for (auto const& one : parts.channels)
            channels.push_back(channels_(probe(one)));
        std::vector<std::uint32_t> own;
        for (auto const& [channel, age, count] : parts.touches) {
            own.push_back(touch(channels[channel], age));
            passed_ = counted(passed_, count);
            touches_[own.back()].count += count;
        }
        for (auto const& [places, conversions, value] : parts.paths) {
            members_.clear();
            for (auto const place : places)
                members_.push_back(own[place]);
            auto& one = converting(members_);
            one.conversions += conversions;
            values_[one.value].merge(value);
        }
    }
    /// The number of the touchpoints of a channel and an age.
    std::uint32_t touch(std::uint32_t channel, std::int64_t age) {
        auto const fresh = static_cast<std::uint32_t>(touches_.size());
        auto const found = numbers_(channel, as_number(ages_(age)), fresh);
        if (found == fresh) {
            static_cast<void>(as_number(touches_.size()));
            touches_.push_back({channel, age, 0});
        }
        return found;
    }
    /// The converting paths with these touchpoints, which are sorted.
    counted_path& converting(std::vector<std::uint32_t>& members) {
        std::sort(members.begin(), members.end());
        auto node = sequence_tree::root;
        for (auto const one : members)
            node = tree_.child(node, one);
        if (tree_.size() > paths_.size())
            paths_.resize(tree_.size());
        return paths_[node];
    }

    channel_numbers<Channel> channels_;
    interner<std::int64_t, std::int64_t> ages_;
    pair_map numbers_;  // (channel, number of the age) -> place in touches_
    std::vector<counted_touch> touches_;
    sequence_tree tree_;
    std::vector<counted_path> paths_{1};  // by node of the tree
    totals values_;
    std::uint64_t passed_ = 0;            // all touchpoints: no sum of counts exceeds it
    std::vector<std::uint32_t> members_;  // scratch
    attribution::evidence<Amount> evidence_;
};

}  // namespace attribution::detail
