// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/interner.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Customers by key, hashed if keys can be. Their addresses do not change. A few customers at a
/// time can be checked for what to remove, so that no call has to wait for all of them.
template <class Stored, class Probe, class Customer>
class customer_book {
    struct hash {
        using is_transparent = void;
        std::size_t operator()(Probe const& key) const { return detail::hash_of(key); }
    };
    struct equal {
        using is_transparent = void;
        bool operator()(Probe const& a, Probe const& b) const { return a == b; }
    };
    static constexpr bool hashed = hashes<Probe>;
    using map = std::conditional_t<hashed, std::unordered_map<Stored, Customer, hash, equal>,
                                   std::map<Stored, Customer, std::less<>>>;

  public:
    using node = typename map::value_type;

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    void reserve(std::size_t customers) {
        if constexpr (hashed)
            all_.reserve(customers);
    }

    /// The customer with that key, or null.
    [[nodiscard]] node* find(Probe const& key) {
        auto const found = all_.find(key);
        return found == all_.end() ? nullptr : &*found;
    }
    [[nodiscard]] node const* find(Probe const& key) const {
        auto const found = all_.find(key);
        return found == all_.end() ? nullptr : &*found;
    }
    /// Adds a customer whose key is not in the book yet.
    node& add(Probe const& key) { return *all_.emplace(Stored(key), Customer{}).first; }
    /// As above, then calls `use` with the customer, who is removed again if that throws.
    template <class Use>
    void add(Probe const& key, Use use) {
        auto const fresh = all_.emplace(Stored(key), Customer{}).first;
        try {
            use(*fresh);
        } catch (...) {
            all_.erase(fresh);
            throw;
        }
    }

    /// Removes a customer of whom nothing is held. Returns whether it did: if the key's own operations
    /// throw, the customer stays, as good as removed.
    bool remove(node const& empty) noexcept {
        try {
            all_.erase(all_.find(Probe(empty.first)));
            return true;
        } catch (...) {
            return false;
        }
    }

    /// Does the first come before the second? Null comes before all, then the keys decide, or their
    /// hashes if keys are not ordered.
    [[nodiscard]] static bool before(node const* a, node const* b) {
        if (a == nullptr || b == nullptr)
            return b != nullptr;
        if constexpr (std::totally_ordered<Stored>)
            return a->first < b->first;
        else
            return hash_of(Probe(a->first)) < hash_of(Probe(b->first));
    }

    /// Never throws. Customers keep their addresses.
    void swap(customer_book& other) noexcept {
        all_.swap(other.all_);
        for (auto* const each : {this, &other})
            each->start_again();
    }

    template <class Visit>
    void for_each_node(Visit visit) const {
        for (auto const& each : all_)
            visit(each);
    }

    /// Calls `done(customer)` for every customer, and removes those for which it is true.
    template <class Done>
    void for_each(Done done) {
        for (auto it = all_.begin(); it != all_.end();)
            it = done(it->second) ? all_.erase(it) : std::next(it);
    }

    /// The same for the next few customers, in turn.
    template <class Done>
    void for_some(std::size_t few, Done done) {
        if constexpr (hashed) {
            for (few = std::min(few, all_.bucket_count()); few > 0; --few) {
                next_bucket_ = next_bucket_ + 1 < all_.bucket_count() ? next_bucket_ + 1 : 0;
                for (auto it = all_.begin(next_bucket_); it != all_.end(next_bucket_);) {
                    auto const here = it++;
                    if (done(here->second))
                        all_.erase(all_.find(Probe(here->first)));
                }
            }
        } else {
            for (few = std::min(few, all_.size()); few > 0; --few) {
                auto it = next_key_ ? all_.upper_bound(*next_key_) : all_.begin();
                if (it == all_.end())
                    it = all_.begin();
                next_key_.emplace(it->first);
                if (done(it->second))
                    all_.erase(it);
            }
        }
    }

  private:
    struct no_key {};

    void start_again() {
        next_bucket_ = 0;
        if constexpr (!hashed)
            next_key_.reset();
    }

    map all_;
    std::size_t next_bucket_ = 0;
    std::conditional_t<hashed, no_key, std::optional<Stored>> next_key_;
};

}  // namespace attribution::detail
