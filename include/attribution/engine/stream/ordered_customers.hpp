// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace attribution::inline v0_1::detail {

/// What `hashed_customers` does, for keys that are only ordered.
///
/// Complexity: O(log n) comparisons.
template <class Stored, class Probe, class Customer>
class ordered_customers {
    using map = std::map<Stored, Customer, std::less<>>;

  public:
    using node = typename map::value_type;

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    void reserve(std::size_t) {}

    [[nodiscard]] node* find(Probe const& key) {
        auto const found = all_.find(key);
        return found == all_.end() ? nullptr : &*found;
    }
    [[nodiscard]] node const* find(Probe const& key) const {
        auto const found = all_.find(key);
        return found == all_.end() ? nullptr : &*found;
    }

    template <class Use>
    node& add(Probe const& key, Use use) {
        auto const fresh = all_.emplace(Stored(key), Customer{}).first;
        try {
            use(*fresh);
        } catch (...) {
            all_.erase(fresh);
            throw;
        }
        return *fresh;
    }

    bool remove(node const& empty) noexcept {
        try {
            all_.erase(all_.find(Probe(empty.first)));
            return true;
        } catch (...) {
            return false;
        }
    }

    void swap(ordered_customers& other) noexcept {
        all_.swap(other.all_);
        next_.reset();
        other.next_.reset();
    }

    template <class Visit>
    void for_each_node(Visit visit) const {
        for (auto const& each : all_)
            visit(each);
    }

    template <class Done>
    void for_each(Done done) {
        for (auto it = all_.begin(); it != all_.end();)
            it = done(it->second) ? all_.erase(it) : std::next(it);
    }

    template <class Done>
    void for_some(std::size_t few, Done done) {
        for (few = std::min(few, all_.size()); few > 0; --few) {
            auto it = next_ ? all_.upper_bound(*next_) : all_.begin();
            if (it == all_.end())
                it = all_.begin();
            next_.emplace(it->first);
            if (done(it->second))
                all_.erase(it);
        }
    }

  private:
    map all_;
    std::optional<Stored> next_;  // the last one that for_some came to
};

}  // namespace attribution::detail
