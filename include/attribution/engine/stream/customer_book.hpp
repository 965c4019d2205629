// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/hashed_customers.hpp>
#include <attribution/engine/stream/ordered_customers.hpp>
#include <attribution/engine/values/interner.hpp>

#include <concepts>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Customers by key, hashed if keys can be. Their addresses do not change. A few customers at a
/// time can be checked for what to remove, so that no call has to wait for all of them.
template <class Stored, class Probe, class Customer>
class customer_book
    : public std::conditional_t<hashes<Probe>, hashed_customers<Stored, Probe, Customer>,
                                ordered_customers<Stored, Probe, Customer>> {
    using base = std::conditional_t<hashes<Probe>, hashed_customers<Stored, Probe, Customer>,
                                    ordered_customers<Stored, Probe, Customer>>;

  public:
    using base::add;
    using typename base::node;

    node& add(Probe const& key) {
        return base::add(key, [](node&) {});
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
};

}  // namespace attribution::detail
