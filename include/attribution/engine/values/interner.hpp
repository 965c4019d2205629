// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool is_product = false;
template <class... T>
inline constexpr bool is_product<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool is_product<std::pair<A, B>> = true;
template <class T, std::size_t N>
inline constexpr bool is_product<std::array<T, N>> = true;

constexpr std::size_t scatter(std::size_t hash) {
    auto mixed = static_cast<std::uint64_t>(hash) * 0x9e37'79b9'7f4a'7c15U;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

/// Is there a hash? std::hash for single values, combined for tuples, pairs and arrays. No result
/// depends on it, but for which of the `sharded` desks has a key without a stable number.
template <class T>
inline constexpr bool hashes = requires(T const value) {
    { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
};
template <class... T>
inline constexpr bool hashes<std::tuple<T...>> = (hashes<std::remove_cvref_t<T>> && ...);
template <class A, class B>
inline constexpr bool hashes<std::pair<A, B>> =
    hashes<std::remove_cvref_t<A>>&& hashes<std::remove_cvref_t<B>>;
template <class T, std::size_t N>
inline constexpr bool hashes<std::array<T, N>> = hashes<T>;

template <class T>
std::size_t hash_of(T const& value) {
    if constexpr (is_product<T>)
        return std::apply(
            [](auto const&... element) {
                std::size_t hash = 0;
                ((hash = scatter(hash + hash_of(element))), ...);
                return hash;
            },
            value);
    else
        return scatter(std::hash<T>{}(value));
}

/// The place of a value, by a search from end to end; -1 if it is not there.
template <class Probe, class Values>
constexpr std::size_t search(Values const& values, Probe const& value) {
    for (std::size_t place = 0; place < values.size(); ++place)
        if (Probe(values[place]) == value)
            return place;
    return static_cast<std::size_t>(-1);
}

/// The numbers of values by their hashes, with open addressing. Knows nothing of the values, and so is
/// compiled once for all types.
class hash_slots {
  public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// Prefetches where a hash is looked for first.
    void prefetch(std::size_t hash) const {
        if (!slots_.empty())
            detail::prefetch(slots_.data() + (hash & (slots_.size() - 1)));
    }

    /// The first number with that hash whose value is the `same`, or `none`.
    template <class Same>
    [[nodiscard]] std::size_t find(std::size_t hash, Same const& same) const {
        if (slots_.empty())
            return none;
        auto const mask = slots_.size() - 1;
        for (auto place = hash & mask;; place = (place + 1) & mask) {
            auto const& seen = slots_[place];
            if (seen.id == none || (seen.hash == hash && same(seen.id)))
                return seen.id;
        }
    }

    /// Adds the next number, which is `id`.
    void add(std::size_t hash, std::size_t id) {
        if (2 * (id + 1) > slots_.size())
            grow();
        put({hash, id});
    }

  private:
    struct slot {
        std::size_t hash;
        std::size_t id;
    };

    void put(slot entry) {
        auto const mask = slots_.size() - 1;
        auto place = entry.hash & mask;
        while (slots_[place].id != none)
            place = (place + 1) & mask;
        slots_[place] = entry;
    }

    void grow() {
        buffer<slot> old(slots_.empty() ? 16 : 2 * slots_.size(), slot{0, none});
        old.swap(slots_);
        for (auto const& entry : old)
            if (entry.id != none)
                put(entry);
    }

    buffer<slot> slots_;
};

/// Gives every distinct value a number, 0, 1, 2, ... in the order of first appearance.
///
/// Values are looked up as `Probe` and stored as `Stored`, which must compare equal where probes
/// do. Probes are hashed if they can be (open addressing), otherwise ordered; at compile time they
/// are searched from end to end.
template <class Stored, class Probe = Stored>
class interner {
  public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    [[nodiscard]] constexpr std::size_t size() const { return values_.size(); }
    /// The value with that number.
    [[nodiscard]] constexpr Stored const& operator[](std::size_t id) const { return values_[id]; }

    /// The number of a value, or `none`.
    [[nodiscard]] constexpr std::size_t find(Probe const& value) const {
        refuse_text_address<Probe>();
        return find(value, hash_for(value));
    }

    /// Calls `found(i, number of value i, or none)` for each i in [first, last), in order. Looking up
    /// many at once lets the waits for memory overlap.
    ///
    /// Shape:      `with_value(i, missing, use)` returns `use(value i)`, or `missing` if there is no value;
    ///             called twice for each.
    template <class WithValue, class Found>
    constexpr void find_each(std::size_t first, std::size_t last, WithValue with_value,
                             Found found) const {
        refuse_text_address<Probe>();
        look_up(first, last, with_value, found,
                [this](Probe const& value, std::size_t hash, bool is_new) {
                    return is_new ? none : find(value, hash);
                });
    }

    /// The same, and a new value gets a new number. If anything is thrown, some values have been added.
    template <class WithValue, class Found>
    constexpr void number_each(std::size_t first, std::size_t last, WithValue with_value,
                               Found found) {
        refuse_text_address<Probe>();
        look_up(first, last, with_value, found,
                [this](Probe const& value, std::size_t hash, bool) { return number(value, hash); });
    }

    /// The number of a value. A new value gets a new number. If anything is thrown, no value is
    /// added.
    constexpr std::size_t operator()(Probe const& value) {
        refuse_text_address<Probe>();
        return number(value, hash_for(value));
    }

    /// The same for a value of this hash, without comparing it: if another has the hash, its number. A new
    /// value is `make()`.
    template <class Make>
    std::size_t number_unseen(std::size_t hash, Make make) {
        auto const known = index_.slots.find(hash, [](std::size_t) { return true; });
        return known != none ? known : added(make(), hash);
    }
    /// Prefetches where that looks.
    void prefetch(std::size_t hash) const { index_.slots.prefetch(hash); }

  private:
    static constexpr std::size_t most_at_once = 32;
    using some_numbers = std::array<std::size_t, most_at_once>;

    /// 0 where hashes are not used.
    static constexpr std::size_t hash_for(Probe const& value) {
        if constexpr (hashes<Probe>)
            return std::is_constant_evaluated() ? 0 : detail::hash_of(value);
        else
            return 0;
    }

    constexpr std::size_t find(Probe const& value, std::size_t hash) const {
        return std::is_constant_evaluated() ? detail::search(values_, value)
                                            : index_.find(value, hash, values_);
    }

    constexpr std::size_t number(Probe const& value, std::size_t hash) {
        auto const known = find(value, hash);
        return known != none ? known : added(Stored(value), hash);
    }

    constexpr std::size_t added(Stored value, std::size_t hash) {
        values_.push_back(std::move(value));
        if (!std::is_constant_evaluated()) {
            try {
                index_.add(hash, values_);
            } catch (...) {
                values_.pop_back();
                throw;
            }
        }
        return values_.size() - 1;
    }

    /// `otherwise(value, hash, was it new when it was foreseen?)` numbers a value that was not foreseen.
    template <class WithValue, class Found, class Otherwise>
    constexpr void look_up(std::size_t first, std::size_t last, WithValue const& with_value,
                           Found const& found, Otherwise const& otherwise) const {
        if (!hashes<Probe> || std::is_constant_evaluated()) {
            for (auto i = first; i < last; ++i)
                found(i, with_value(i, none, [&](Probe const& value) {
                          return otherwise(value, std::size_t{0}, false);
                      }));
            return;
        }
        some_numbers hash{};
        some_numbers likely{};
        for (; first < last; first += most_at_once) {
            auto const some = std::min(most_at_once, last - first);
            foresee(first, some, with_value, hash, likely);
            for (std::size_t i = 0; i < some; ++i)
                found(first + i, with_value(first + i, none, [&](Probe const& value) {
                          return likely[i] != none && Probe(values_[likely[i]]) == value
                                     ? likely[i]
                                     : otherwise(value, hash[i], likely[i] == none);
                      }));
        }
    }

    /// Finds the hashes of some values, and the first number that has the hash, which is the value's unless
    /// two have one hash. Prefetches what must be compared.
    template <class WithValue>
    constexpr void foresee(std::size_t first, std::size_t some, WithValue const& with_value,
                           some_numbers& hash, some_numbers& likely) const {
        if constexpr (hashes<Probe>) {
            auto const& slots = index_.slots;
            for (std::size_t i = 0; i < some; ++i) {
                hash[i] = with_value(first + i, std::size_t{0},
                                     [](Probe const& value) { return hash_for(value); });
                slots.prefetch(hash[i]);
            }
            for (std::size_t i = 0; i < some; ++i) {
                likely[i] = slots.find(hash[i], [](std::size_t) { return true; });
                if (likely[i] != none)
                    detail::prefetch(values_.data() + likely[i]);
            }
            if constexpr (std::same_as<Probe, std::string_view>)
                for (std::size_t i = 0; i < some; ++i)
                    if (likely[i] != none)
                        detail::prefetch(Probe(values_[likely[i]]).data());
        }
    }

    struct hashed {
        hash_slots slots;

        std::size_t find(Probe const& value, std::size_t hash, row_of<Stored> const& values) const {
            return slots.find(hash, [&](std::size_t id) { return Probe(values[id]) == value; });
        }

        void add(std::size_t hash, row_of<Stored> const& values) {
            slots.add(hash, values.size() - 1);
        }
    };

    /// Sorted runs of doubling length, merged like the carries of a binary counter.
    struct ordered {
        struct
            run {  // depends on the types of values, so that only who has such values compiles it
            buffer<std::size_t> ids;
        };
        std::vector<run> runs;

        constexpr std::size_t find(Probe const& value, std::size_t,
                                   row_of<Stored> const& values) const {
            for (auto const& [ids] : runs) {
                auto const* const place = std::lower_bound(
                    ids.begin(), ids.end(), value, [&](std::size_t id, Probe const& wanted) {
                        return comes_before(Probe(values[id]), wanted);
                    });
                if (place != ids.end() && Probe(values[*place]) == value)
                    return *place;
            }
            return none;
        }

        constexpr void add(std::size_t, row_of<Stored> const& values) {
            buffer<std::size_t> carry(1, values.size() - 1);
            std::size_t full = 0;
            for (; full < runs.size() && !runs[full].ids.empty(); ++full) {
                auto const& ids = runs[full].ids;
                buffer<std::size_t> merged(ids.size() + carry.size(), 0);
                std::merge(ids.begin(), ids.end(), carry.begin(), carry.end(), merged.begin(),
                           [&](std::size_t a, std::size_t b) {
                               return comes_before(Probe(values[a]), Probe(values[b]));
                           });
                carry = std::move(merged);
            }
            if (full == runs.size())
                runs.push_back({});
            // From here on nothing throws.
            for (std::size_t i = 0; i < full; ++i)
                runs[i].ids.clear();
            runs[full].ids = std::move(carry);
        }
    };

    row_of<Stored> values_;
    std::conditional_t<hashes<Probe>, hashed, ordered> index_;
};

}  // namespace attribution::detail
