// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/values/interner.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Customers by key, for keys with a hash. They lie side by side in blocks, each as large as all blocks
/// before it: their addresses do not change, a look-up waits for memory twice, and going from one to the
/// next hardly waits. The place of a customer who was removed is for the next one who comes.
///
/// Complexity: that of the key's hash and comparisons, and O(1); 20 to 30 bytes beside each customer.
template <class Stored, class Probe, class Customer>
class hashed_customers {
  public:
    using node = std::pair<Stored const, Customer>;

    hashed_customers() = default;
    hashed_customers(hashed_customers&& other) noexcept { swap(other); }
    hashed_customers& operator=(hashed_customers&& other) noexcept {
        hashed_customers moved{std::move(other)};
        swap(moved);
        return *this;
    }
    ~hashed_customers() {
        for (std::size_t number = 0; number < made_; ++number)
            std::destroy_at(&at(number));
        for (std::size_t block = 0; block < blocks_; ++block)
            detail::free_bytes(begins_[block], size_of(block) * sizeof(place), alignof(place));
    }

    [[nodiscard]] std::size_t size() const { return size_; }

    /// Makes room for so many customers.
    void reserve(std::size_t customers) {
        while (places() < customers)
            add_block();
        if (most_entries() < customers)
            index_again(customers);
    }

    /// The customer with that key, or null.
    [[nodiscard]] node* find(Probe const& key) {
        return const_cast<node*>(std::as_const(*this).find(key));
    }
    [[nodiscard]] node const* find(Probe const& key) const {
        auto const number = number_of(key);
        return number == none ? nullptr : &*at(number).customer;
    }

    /// Adds a customer whose key is not there yet, and calls `use` with the customer. If anything is
    /// thrown, nobody is added.
    template <class Use>
    node& add(Probe const& key, Use use) {
        auto const hash = detail::hash_of(key);
        if (free_ == none) {
            if (made_ == places())
                add_block();
            std::construct_at(&at(made_));
            free_ = made_++;
        }
        if (size_ == most_entries())
            index_again(size_ + 1);
        auto const number = free_;
        auto& taken = at(number);
        taken.customer.emplace(Stored(key), Customer{});
        try {
            use(*taken.customer);
        } catch (...) {
            taken.customer.reset();
            throw;
        }
        free_ = taken.hash;
        taken.hash = hash;
        enter(number);
        ++size_;
        return *taken.customer;
    }

    /// Removes a customer of whom nothing is held. Returns whether it did: if the key's own operations
    /// throw, the customer stays, as good as removed.
    bool remove(node const& empty) noexcept {
        try {
            erase(number_of(Probe(empty.first)));
            return true;
        } catch (...) {
            return false;
        }
    }

    /// Never throws. Customers keep their addresses.
    void swap(hashed_customers& other) noexcept {
        index_.swap(other.index_);
        std::swap(begins_, other.begins_);
        std::swap(blocks_, other.blocks_);
        std::swap(made_, other.made_);
        std::swap(free_, other.free_);
        std::swap(size_, other.size_);
        next_ = other.next_ = 0;
    }

    template <class Visit>
    void for_each_node(Visit visit) const {
        for (std::size_t number = 0; number < made_; ++number)
            if (auto const& one = at(number).customer)
                visit(*one);
    }

    /// Calls `done(customer)` for every customer, and removes those for which it is true.
    template <class Done>
    void for_each(Done done) {
        for (std::size_t number = 0; number < made_; ++number)
            remove_if(number, done);
    }

    /// The same for the next few customers, in turn.
    template <class Done>
    void for_some(std::size_t few, Done done) {
        for (few = std::min(few, made_); few > 0; --few) {
            auto const number = next_ < made_ ? next_ : 0;
            next_ = number + 1;
            remove_if(number, done);
        }
    }

  private:
    struct place {
        std::size_t hash = none;  // of the customer; without one, the next place that is free
        std::optional<node> customer;
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // An entry of the index is the upper bits of a hash above the customer's number plus one, or 0. It stands
    // where the hash's lower bits say, or at the next place that was free.
    static constexpr int number_bits = 40;
    static constexpr std::uint64_t number_mask = (std::uint64_t{1} << number_bits) - 1;

    static constexpr std::uint64_t entry(std::size_t hash, std::size_t number) {
        constexpr int tag_bits = 64 - number_bits;
        auto const tag = hash >> (std::numeric_limits<std::size_t>::digits - tag_bits);
        return std::uint64_t{tag} << number_bits | (std::uint64_t{number} + 1);
    }
    static constexpr std::size_t number_in(std::uint64_t seen) {
        return static_cast<std::size_t>((seen & number_mask) - 1);
    }

    static constexpr std::size_t first_block = 8;
    static constexpr std::size_t begin_of(std::size_t block) {
        return block == 0 ? 0 : first_block << (block - 1);
    }
    static constexpr std::size_t size_of(std::size_t block) {
        return block == 0 ? first_block : begin_of(block);
    }
    [[nodiscard]] std::size_t places() const {
        return blocks_ == 0 ? 0 : first_block << (blocks_ - 1);
    }
    [[nodiscard]] place& at(std::size_t number) const {
        auto const block = static_cast<std::size_t>(std::bit_width(number / first_block));
        return begins_[block][number - begin_of(block)];
    }
    void add_block() {
        begins_[blocks_] = static_cast<place*>(
            detail::allocate_bytes(size_of(blocks_) * sizeof(place), alignof(place)));
        ++blocks_;
    }

    /// So many customers fit into the index: three quarters of it.
    [[nodiscard]] std::size_t most_entries() const { return index_.size() / 4 * 3; }
    void index_again(std::size_t customers) {
        buffer<std::uint64_t> larger(std::bit_ceil(customers / 3 * 4 + 8), 0);
        index_.swap(larger);
        for (std::size_t number = 0; number < made_; ++number)
            if (at(number).customer)
                enter(number);
    }
    /// Puts a customer into the index, where there is room.
    void enter(std::size_t number) {
        auto const hash = at(number).hash;
        auto const mask = index_.size() - 1;
        auto here = hash & mask;
        while (index_[here] != 0)
            here = (here + 1) & mask;
        index_[here] = entry(hash, number);
    }

    [[nodiscard]] std::size_t number_of(Probe const& key) const {
        if (size_ == 0)
            return none;
        auto const hash = detail::hash_of(key);
        auto const mask = index_.size() - 1;
        auto const wanted = entry(hash, 0) & ~number_mask;
        for (auto here = hash & mask; index_[here] != 0; here = (here + 1) & mask)
            if ((index_[here] & ~number_mask) == wanted) {
                auto const number = number_in(index_[here]);
                auto const& seen = at(number);
                if (Probe(seen.customer->first) == key)
                    return number;
            }
        return none;
    }

    template <class Done>
    void remove_if(std::size_t number, Done& done) {
        auto& one = at(number).customer;
        if (one && done(one->second))
            erase(number);
    }
    /// Entries behind the removed one move up where a search would miss them.
    void erase(std::size_t number) noexcept {
        auto& gone = at(number);
        auto const mask = index_.size() - 1;
        auto hole = gone.hash & mask;
        while (number_in(index_[hole]) != number)
            hole = (hole + 1) & mask;
        for (auto here = (hole + 1) & mask; index_[here] != 0; here = (here + 1) & mask) {
            auto const wanted = at(number_in(index_[here])).hash & mask;
            if (((here - wanted) & mask) >= ((here - hole) & mask)) {
                index_[hole] = index_[here];
                hole = here;
            }
        }
        index_[hole] = 0;
        gone.customer.reset();
        gone.hash = free_;
        free_ = number;
        --size_;
    }

    buffer<std::uint64_t> index_;
    std::array<place*, std::numeric_limits<std::size_t>::digits> begins_{};  // of the blocks
    std::size_t blocks_ = 0;
    std::size_t made_ = 0;     // places that were ever taken: the first ones
    std::size_t free_ = none;  // one of them without a customer
    std::size_t size_ = 0;
    std::size_t next_ = 0;  // for for_some
};

}  // namespace attribution::detail
