// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/stream/deduplicate_conversions.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Accepted ids and their times, kept for as long as `deduplicate_conversions` says.
template <class Id, class Time, class Length>
class remembered_ids {
  public:
    struct entry {
        Id id;
        Time at;

        friend bool operator<(entry const& a, entry const& b) {
            return id_before(a.id, b.id) || (!id_before(b.id, a.id) && a.at < b.at);
        }
    };

    explicit remembered_ids(Length length) : length_{length} {}

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }

    /// Was this id accepted with a time after `at`, or at most the length before it? A missing id
    /// never was.
    ///
    /// Complexity: O(log n).
    [[nodiscard]] bool hold(Id const& id, Time at) const {
        if (is_missing(id))
            return false;
        auto const found = all_.lower_bound(entry{id, earliest(at)});
        return found != all_.end() && !id_before(id, found->id) && !(at < earliest(found->at));
    }

    /// Remembers an id that is not held yet, and calls `use`. If that throws, the id is forgotten
    /// again.
    template <class Use>
    void add(Id const& id, Time at, Use use) {
        if (is_missing(id))
            return use();
        auto const added = all_.insert(entry{id, at}).first;
        try {
            use();
        } catch (...) {
            all_.erase(added);
            throw;
        }
    }
    /// Appends the next id in order. False if it is not in order.
    bool append(entry one) {
        if (is_missing(one.id) || (!all_.empty() && !(*all_.rbegin() < one)))
            return false;
        all_.insert(all_.end(), std::move(one));
        return true;
    }

    /// Forgets ids that no record from `horizon` on can repeat.
    void forget(Time horizon) {
        next_.reset();
        for (auto it = all_.begin(); it != all_.end();)
            it = is_needed(*it, horizon) ? std::next(it) : all_.erase(it);
    }
    /// Can a record from `horizon` on repeat it?
    [[nodiscard]] bool is_needed(entry const& one, Time horizon) const {
        return !(one.at < earliest(horizon));
    }
    /// The same for the next few ids, in turn.
    void forget_some(std::size_t few, Time horizon) {
        for (; few > 0 && !all_.empty(); --few) {
            auto const here = next_ ? *next_ : all_.begin();
            auto const after = std::next(here);
            next_ = after == all_.end() ? std::nullopt : std::optional{after};
            if (!is_needed(*here, horizon))
                all_.erase(here);
        }
    }

    void swap(remembered_ids& other) noexcept {
        all_.swap(other.all_);
        next_.reset();
        other.next_.reset();
    }

  private:
    [[nodiscard]] Time earliest(Time at) const {
        if constexpr (std::is_same_v<Length, for_ever>)
            return first_instant<Time>();
        else
            return earlier_by(at, length_);
    }

    [[no_unique_address]] Length length_;
    std::set<entry> all_;
    std::optional<typename std::set<entry>::const_iterator> next_;
};

/// Without the option there is nothing to remember.
template <class Id, class Time>
class remembered_ids<Id, Time, no_deduplication> {
  public:
    explicit remembered_ids(no_deduplication) {}

    [[nodiscard]] static std::size_t size() { return 0; }
    [[nodiscard]] static bool hold(Id const&, Time) { return false; }
    template <class Use>
    static void add(Id const&, Time, Use use) {
        use();
    }
    static void forget(Time) {}
    static void forget_some(std::size_t, Time) {}
    static void swap(remembered_ids&) noexcept {}
};

}  // namespace attribution::detail
