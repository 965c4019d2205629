// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/merging.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/stream/live_counts.hpp>

#include <concepts>
#include <stdexcept>

namespace attribution::inline v0_1 {

template <class Desk>
class sharded;

/// Identity that becomes known later: `merge` is a member of every `live_desk`.
template <class Desk>
class merges {
  public:
    /// Says that two keys belong to one customer, as when a visitor logs in: what is held of `old`
    /// goes to `into`, and so does every record with the key `old` that comes later.
    ///
    /// Returns:    what has moved, and what it is too late for: conversions that were credited
    ///             before keep their credits, since a credit is never taken back.
    /// Same bytes: all that is credited from now on is credited as by `attribute` over records that
    ///             had the key `into` from the beginning.
    /// Edges:      keys that were merged before stand for those that they were merged into; a key
    ///             and itself: nothing. A record that is held under both keys, with one time and id,
    ///             is one record. The records themselves keep the keys that they came with. A merged
    ///             key is remembered for as long as the desk lives, and by its snapshots.
    /// Errors:     a static_assert if the policy looks at what comes after a conversion, or asks what
    ///             was credited before, or if not all conversions count: what the two customers
    ///             forgot could then have mattered. std::domain_error if a key is missing.
    ///             std::logic_error if a sink has thrown and `advance` was not called since. If
    ///             anything is thrown, nothing has changed.
    /// Complexity: O(a + b) for the records held of both; a chain of n merges costs every record of
    ///             its first key n look-ups.
    template <class Old, class Into>
    merge_counts merge(Old const& old, Into const& into) {
        auto& desk = static_cast<Desk&>(*this);
        return merge_from(desk, old, into);
    }

  private:
    /// `sharded` merges customers of two desks.
    friend class sharded<Desk>;

    /// What is held of `old` is in the desk `from`.
    template <class Old, class Into>
    merge_counts merge_from(Desk& from, Old const& old, Into const& into) {
        auto& desk = static_cast<Desk&>(*this);
        static_assert(
            Desk::merges_keys,
            "attribution: customers cannot be merged where the policy looks at what comes "
            "after a conversion, or asks what was credited before, or where some "
            "conversions do not count; give the records their final keys before they "
            "come to the desk");
        require_quiet(desk);
        require_quiet(from);
        auto& state = desk.state_;
        auto const giver = state.known_as(key_of(old));
        auto const taker = state.known_as(key_of(into));
        if (giver == taker)
            return {};
        merge_counts what;
        state.merged.add(giver, [&](auto& fresh) {
            fresh.second.emplace(taker);
            auto* const owner = from.state_.book.find(giver);
            if (owner == nullptr)
                return;
            // What is found does not depend on how much has been forgotten so far.
            from.forgets().of(owner->second);
            if (owner->second.empty())
                return;
            detail::merging const moves{desk.now_->touchpoints, from.state_, state};
            auto const move_to = [&](auto& known) {
                desk.forgets().of(known.second);
                what = moves(*owner, known);
                static_cast<void>(from.state_.book.remove(*owner));
            };
            if (auto* const known = state.book.find(taker))
                move_to(*known);
            else
                state.book.add(taker, move_to);
        });
        return what;
    }

    /// A key as customers have it, if it is not missing: of a null pointer no text can be made.
    template <class Key>
    static auto key_of(Key const& key) {
        using key_type = typename Desk::key_type;
        static_assert(std::convertible_to<Key const&, key_type>,
                      "attribution: merge(old, into) takes two keys of the desk's customers");
        if (!detail::is_missing(key))
            if (key_type const own = key; !detail::is_missing(own))
                return own;
        throw std::domain_error{"live: merge: a missing key is no customer's"};
    }

    static void require_quiet(Desk const& desk) {
        desk.refuse_while_calling();
        auto const& waiting = desk.state_.waiting;
        if (!waiting.empty() && desk.state_.time.has_passed(waiting.begin()->closes))
            throw std::logic_error{
                "live: merge: conversions whose time has come were not credited, "
                "because a sink has thrown; call advance first"};
    }
};

}  // namespace attribution
