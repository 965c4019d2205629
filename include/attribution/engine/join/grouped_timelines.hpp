// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/join/group_events.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/memory/seek.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/policy/interval.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// The time lines of all customers, for records in any order: events grouped by customer. Positions
/// count the grouped events.
///
/// Customers have numbers: integral keys that lie close together are numbers already; for other
/// keys the conversions' keys are interned.
template <class Conversions, class Touchpoints>
class grouped_timelines {
  public:
    using time_type = common_time_of_records<Conversions, Touchpoints>;
    using key_type = common_key_of<Conversions, Touchpoints>;

    /// The customer whose touchpoints are at these positions.
    struct customer {
        std::size_t begin;
        std::size_t end;
    };

    constexpr grouped_timelines(Conversions conversions, Touchpoints touchpoints,
                                std::size_t threads)
        : conversions_{std::move(conversions)}, touchpoints_{std::move(touchpoints)} {
        buffer<std::size_t> owners;  // of each touchpoint, if customers are interned
        if (!number_by_key())
            owners = intern(threads);
        touches_ = group_events<time_type>(
            touchpoints_.size(), numbers_of(owners, touchpoints_), customers_,
            [this](std::size_t row) { return detail::touch_time(touchpoints_, conversions_, row); },
            threads);
        sales_ = group_events<time_type>(
            conversions_.size(),
            [number_of = numbers_of(numbers_, conversions_), nobody = nobody()](std::size_t row) {
                auto const number = number_of(row);
                return number == no_group ? nobody : number;
            },
            customers_ + 1,
            [this](std::size_t row) {
                return detail::conversion_time(conversions_, touchpoints_, row);
            },
            threads);
        put_what_lies_beyond_in_order<typename Conversions::time_type>(touches_, touchpoints_);
        put_what_lies_beyond_in_order<typename Touchpoints::time_type>(sales_, conversions_);
    }

    [[nodiscard]] constexpr Conversions const& conversions() const noexcept { return conversions_; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const noexcept { return touchpoints_; }

    [[nodiscard]] constexpr customer customer_of(std::size_t row) const {
        return customer_with(number_of(row));
    }

    [[nodiscard]] constexpr std::optional<time_type> previous(std::size_t row) const {
        auto const number = number_of(row);
        if (number == no_group)
            return std::nullopt;
        auto const first = sales_.begins[number];
        auto const last = sales_.begins[number + 1];
        if (last - first == 1)
            return std::nullopt;
        event<time_type> const wanted{conversion_time(conversions_, touchpoints_, row), row};
        auto place = first;
        if constexpr (one_clock)
            place = sales_.first_from(first, last, wanted.at, first);
        else
            place = detail::gallop(first, first, last, [&](std::size_t position) {
                return is_earlier(sales_[position], wanted);
            });
        return place == first ? std::nullopt : std::optional{sales_[place - 1].at};
    }

    [[nodiscard]] constexpr event<time_type> touch(std::size_t position) const {
        return touches_[position];
    }

    /// Are records visited in the order in which they lie in memory?
    static constexpr bool in_memory_order = false;

    /// Is the touchpoint at this position one of the customer's, in that interval? The position may
    /// be beyond the last.
    [[nodiscard]] constexpr bool holds(customer const& whose, std::size_t position,
                                       interval<time_type> const& within) const {
        return whose.begin <= position && position < whose.end &&
               within.contains(touches_[position].at);
    }

    /// The position of the customer's first touchpoint not before `at`.
    [[nodiscard]] constexpr std::size_t first_from(customer const& whose, time_type const& at,
                                                   std::size_t hint) const {
        return touches_.first_from(whose.begin, whose.end, at,
                                   std::clamp(hint, whose.begin, whose.end));
    }

    /// The position of the customer's first touchpoint after `at`.
    [[nodiscard]] constexpr std::size_t first_after(customer const& whose, time_type const& at,
                                                    std::size_t hint) const {
        return touches_.first_after(whose.begin, whose.end, at,
                                    std::clamp(hint, whose.begin, whose.end));
    }

    /// Calls `visit(row, at, previous, customer)` for the conversions at the positions
    /// [first, last) of an order.
    template <class Visit>
    constexpr void for_each_conversion(visiting order, std::size_t first, std::size_t last,
                                       Visit visit) const {
        auto const& begins = sales_.begins;
        auto number = static_cast<std::size_t>(
            std::upper_bound(begins.begin(), begins.end(), first) - begins.begin() - 1);
        auto whose = customer_with(number);
        event<time_type> last_one{first_instant<time_type>(), 0};
        previous_time<time_type> before;
        for (auto position = first; position < last; ++position) {
            auto const one =
                order == visiting::by_customer
                    ? sales_[position]
                    : event<time_type>{conversion_time(conversions_, touchpoints_, position),
                                       position};
            if (order == visiting::by_row) {
                read_ahead(position, last);
                whose = customer_of(position);
                before.set(previous(position));
            } else if (position == first) {
                before.set(previous(one.row));
            } else if (begins[number + 1] <= position) {
                do
                    ++number;
                while (begins[number + 1] <= position);
                whose = customer_with(number);
                before.known = false;
            } else if (number != nobody() && is_earlier(last_one, one)) {
                before.set(last_one.at);
            }
            visit(one.row, one.at, before, whose);
            last_one = one;
        }
    }

  private:
    /// In the order of their rows, conversions lead to customers all over memory. Asks for what those
    /// a little later need: where their events are, and nearer ones' events.
    constexpr void read_ahead(std::size_t row, std::size_t last) const {
        constexpr std::size_t ahead = 16;
        if (std::is_constant_evaluated() || last - row <= 2 * ahead)
            return;
        if (!Conversions::reads_keys_in_place && numbers_.empty())
            return;
        if (auto const number = number_of(row + 2 * ahead); number != no_group) {
            detail::prefetch(touches_.begins.data() + number);
            detail::prefetch(sales_.begins.data() + number);
        }
        if (auto const number = number_of(row + ahead); number != no_group) {
            touches_.prefetch(number);
            sales_.prefetch(number);
        }
    }

    /// The number shared by conversions with a missing key; no touchpoint has it.
    constexpr std::size_t nobody() const { return customers_; }

    /// Is the order of the conversions' instants that of the events?
    static constexpr bool one_clock =
        !reaches_beyond<typename Conversions::time_type, typename Touchpoints::time_type>();

    /// Does one conversion happen at an earlier instant than another?
    constexpr bool is_earlier(event<time_type> const& a, event<time_type> const& b) const {
        if constexpr (one_clock)
            return a.at < b.at;
        else
            return conversions_.time(a.row) < conversions_.time(b.row);
    }

    /// Times outside of the other side's clock became its first or last instant. Among each other,
    /// they are put in the order of their own clock.
    template <class Other, class Records>
    constexpr void put_what_lies_beyond_in_order(event_groups<time_type>& groups,
                                                 Records const& records) const {
        if constexpr (reaches_beyond<typename Records::time_type, Other>()) {
            buffer<std::size_t> rows;
            auto const sort_all_at = [&](std::size_t begin, std::size_t end, time_type const& at) {
                auto const first = groups.first_from(begin, end, at, begin);
                auto const last = groups.first_after(begin, end, at, first);
                rows.clear();
                for (auto position = first; position < last; ++position)
                    rows.push_back(groups[position].row);
                std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
                    auto const one = records.time(a);
                    auto const other = records.time(b);
                    return one < other || (one == other && a < b);
                });
                for (auto position = first; position < last; ++position)
                    groups.set_row(position, rows[position - first]);
            };
            for (std::size_t group = 0; group + 1 < groups.begins.size(); ++group) {
                sort_all_at(groups.begins[group], groups.begins[group + 1],
                            first_instant<time_type>());
                sort_all_at(groups.begins[group], groups.begins[group + 1],
                            last_instant<time_type>());
            }
        }
    }

    constexpr customer customer_with(std::size_t number) const {
        return number < customers_ ? customer{touches_.begins[number], touches_.begins[number + 1]}
                                   : customer{0, 0};
    }

    /// Can keys serve as customers' numbers, with no more unused numbers than there are records?
    constexpr bool number_by_key() {
        if constexpr (std::integral<key_type>) {
            bool any = false;
            key_type lowest{};
            key_type highest{};
            for (std::size_t row = 0; row < conversions_.size(); ++row)
                any |= with_key<key_type>(conversions_, row, false, [&](key_type key) {
                    lowest = any && lowest < key ? lowest : key;
                    highest = any && key < highest ? highest : key;
                    return any = true;
                });
            if (!any)
                return true;
            lowest_ = static_cast<std::uint64_t>(lowest);
            auto const width = static_cast<std::uint64_t>(highest) - lowest_;
            if (width > conversions_.size() + touchpoints_.size())
                return false;
            customers_ = static_cast<std::size_t>(width) + 1;
            return true;
        } else {
            return false;
        }
    }

    /// The number of a row's customer: looked up if the keys were interned, otherwise computed from
    /// the key. Holds what it needs, so that a loop over the rows has it in registers.
    template <class Records>
    struct numbering {
        Records const* records;
        std::size_t const* interned;
        std::uint64_t lowest;
        std::size_t customers;

        constexpr std::size_t operator()(std::size_t row) const {
            if constexpr (std::integral<key_type>)
                if (interned == nullptr)
                    return with_key<key_type>(*records, row, no_group, [&](key_type key) {
                        auto const above = static_cast<std::uint64_t>(key) - lowest;
                        return above < customers ? static_cast<std::size_t>(above) : no_group;
                    });
            return interned[row];
        }
    };

    template <class Records>
    constexpr numbering<Records> numbers_of(buffer<std::size_t> const& interned,
                                            Records const& records) const {
        return {&records, interned.data(), lowest_, customers_};
    }

    constexpr std::size_t number_of(std::size_t conversion) const {
        return numbers_of(numbers_, conversions_)(conversion);
    }

    using customer_keys = interner<kept_key<Conversions, key_type>, key_type>;

    /// Calls `work(first row, last row)` for parts of the rows [0, rows).
    template <class Work>
    static constexpr void for_rows(std::size_t rows, std::size_t threads, Work work) {
        constexpr std::size_t rows_per_part = 16'384;
        for_each_part(rows / rows_per_part + 1, threads, [&](std::size_t part, std::size_t) {
            auto const begin = part * rows_per_part;
            work(begin, std::min(rows, begin + rows_per_part));
        });
    }

    /// Returns the number of each touchpoint's customer.
    constexpr buffer<std::size_t> intern(std::size_t threads) {
        customer_keys customers;
        numbers_.resize_for_overwrite(conversions_.size());
        if (threads <= 1 || !number_by_hash(customers, threads))
            customers.number_each(
                0, numbers_.size(),
                [this](std::size_t row, std::size_t missing, auto use) {
                    return with_key<key_type>(conversions_, row, missing, use);
                },
                [this](std::size_t row, std::size_t number) { numbers_[row] = number; });
        customers_ = customers.size();
        buffer<std::size_t> owners;
        owners.resize_for_overwrite(touchpoints_.size());
        for_rows(owners.size(), threads, [&](std::size_t first, std::size_t last) {
            customers.find_each(
                first, last,
                [this](std::size_t row, std::size_t missing, auto use) {
                    return with_key<key_type>(touchpoints_, row, missing, use);
                },
                [&](std::size_t row, std::size_t number) { owners[row] = number; });
        });
        return owners;
    }

    /// Numbers the conversions' keys, and leaves to one thread only what must be done in order: all threads
    /// find the hashes before, and compare the keys, which lie all over memory, after. False, and nothing is
    /// numbered, if keys that differ have one hash, or none.
    constexpr bool number_by_hash([[maybe_unused]] customer_keys& customers,
                                  [[maybe_unused]] std::size_t threads) {
        if constexpr (hashes<key_type>) {
            if (std::is_constant_evaluated())
                return false;
            auto const rows = numbers_.size();
            for_rows(rows, threads, [this](std::size_t first, std::size_t last) {
                for (auto row = first; row < last; ++row)
                    numbers_[row] =
                        with_key<key_type>(conversions_, row, no_group, [](key_type const& key) {
                            return detail::hash_of(key);
                        });
            });
            constexpr std::size_t ahead = 16;
            for (std::size_t row = 0; row < rows; ++row) {
                customers.prefetch(numbers_[std::min(row + ahead, rows - 1)]);
                if (auto& number = numbers_[row]; number != no_group)
                    number = customers.number_unseen(number, [&] {
                        decltype(auto) key = conversions_.key(row);
                        return kept_key<Conversions, key_type>(key_type(value_in(key)));
                    });
            }
            std::atomic<bool> same = true;
            for_rows(rows, threads, [&](std::size_t first, std::size_t last) {
                for (auto row = first; row < last; ++row) {
                    auto const number = numbers_[row];
                    if (!with_key<key_type>(
                            conversions_, row, number == no_group, [&](key_type const& key) {
                                return number != no_group && key_type(customers[number]) == key;
                            }))
                        same = false;
                }
            });
            if (!same)
                customers = {};
            return same;
        } else {
            return false;
        }
    }

    Conversions conversions_;
    Touchpoints touchpoints_;
    std::uint64_t lowest_ = 0;  // key of customer 0, if keys are the numbers
    std::size_t customers_ = 0;
    buffer<std::size_t> numbers_;  // of each conversion's customer, if interned
    event_groups<time_type> touches_;
    event_groups<time_type> sales_;
};

}  // namespace attribution::detail
