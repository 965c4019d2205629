// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/credited_sales.hpp>
#include <attribution/engine/stream/customer_book.hpp>
#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/stream/remembered_ids.hpp>
#include <attribution/engine/stream/stream_keys.hpp>
#include <attribution/engine/stream/stream_times.hpp>
#include <attribution/engine/stream/watermark.hpp>
#include <attribution/stream/live_counts.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// All that a desk knows, and that a snapshot of it keeps.
///
/// `Remembers` which conversions touchpoints were credited with, if the policy asks for them.
template <class Touchpoints, class Conversions, class Memory, bool Remembers = false>
struct desk_state {
    using times = stream_times<Touchpoints, Conversions>;
    using time_type = typename times::time_type;
    using keys = stream_keys<Touchpoints, Conversions>;
    using id_type = typename Conversions::id_type;
    using customer_type = held_customer<Touchpoints, Conversions, Remembers>;
    using counting = detail::counting<Conversions>;
    using held_conversion = typename customer_type::conversion;
    using stamp_type = typename customer_type::stamp_type;
    using book_type = customer_book<typename keys::stored, typename keys::probe, customer_type>;
    using node = typename book_type::node;
    /// Keys of customers who are one, each with the key by which the customer is known.
    using merged_book = customer_book<typename keys::stored, typename keys::probe,
                                      std::optional<typename keys::stored>>;
    static constexpr bool remembers = Remembers;
    static constexpr bool counts_some = detail::counts_some<Conversions>;
    static constexpr bool deduplicates = !std::is_same_v<Memory, no_deduplication>;

    /// When a conversion can be credited, as far as is known yet, and whose conversion it is.
    struct deadline {
        time_type closes;
        stamp_type when;
        node* owner;  // null if the key is missing

        friend bool operator<(deadline const& a, deadline const& b) {
            if (a.closes < b.closes || b.closes < a.closes)
                return a.closes < b.closes;
            if (a.when.precedes(b.when) || b.when.precedes(a.when))
                return a.when.precedes(b.when);
            return a.owner == b.owner ? a.when < b.when : book_type::before(a.owner, b.owner);
        }
    };

    book_type book;
    merged_book merged;
    customer_type nobody;          // conversions with a missing key
    std::size_t nobodys_kept = 0;  // how many of these the last tidying left
    std::multiset<deadline> waiting;
    watermark<times> time;
    remembered_ids<id_type, time_type, Memory> ids;
    live_counts counts;  // but what `seen` takes from the others

    explicit desk_state(Memory length) : ids{length} {}

    [[nodiscard]] customer_type& customer_of(node* owner) { return owner ? owner->second : nobody; }
    /// The key by which the customer with that key is known. Valid until keys are merged.
    [[nodiscard]] typename keys::probe known_as(typename keys::probe key) const {
        if (merged.size() != 0)
            while (auto const* const one = merged.find(key))
                key = typename keys::probe(*one->second);
        return key;
    }
    /// The time of the previous conversion of the same customer. Conversions with a missing key
    /// belong to as many customers.
    [[nodiscard]] static std::optional<time_type> previous(node const* owner, std::size_t place,
                                                           stamp_type const& when) {
        return owner ? owner->second.previous(place, when) : std::nullopt;
    }

    [[nodiscard]] live_counts seen() const noexcept {
        auto all = counts;
        all.held_customers = book.size();
        all.waiting_conversions = waiting.size();
        all.remembered_ids = ids.size();
        all.merged_keys = merged.size();
        return all;
    }

    /// Takes over what was held of a customer elsewhere; conversions that waited wait on.
    void take_over(customer_type&& customer, node* owner) {
        for (auto const& one : customer.conversions)
            if (one.record)
                waiting.insert(deadline{one.when.at, one.when, owner});
        counts.held_touchpoints += customer.touchpoints.size();
        customer_of(owner) = std::move(customer);
    }

    /// Never throws. Customers keep their addresses.
    void swap(desk_state& other) noexcept {
        book.swap(other.book);
        merged.swap(other.merged);
        ids.swap(other.ids);
        std::swap(nobody, other.nobody);
        std::swap(nobodys_kept, other.nobodys_kept);
        std::swap(waiting, other.waiting);
        std::swap(time, other.time);
        std::swap(counts, other.counts);
    }
};

}  // namespace attribution::detail
