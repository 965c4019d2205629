// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// What a desk's bytes say about it: only a desk with the same options can read them.
template <class Options>
description describe_desk(Options const& options, configuration how, std::string values) {
    using lateness_type = typename Options::lateness_type;
    using memory_type = typename Options::memory_type;
    how.more.emplace_back(std::string{"credits"}, Options::at_once ? "at once" : "when settled");
    how.more.emplace_back(std::string{"keeps"},
                          Options::keeps_everything ? "everything" : "what the policy can reach");
    auto const length = [](auto const& of) {
        using type = std::remove_cvref_t<decltype(of)>;
        return std::to_string(measure<type>::count(of)) + ", " + form_name<type>();
    };
    if constexpr (!std::same_as<lateness_type, no_lateness>)
        how.more.emplace_back(std::string{"allowed lateness"}, length(options.lateness));
    if constexpr (std::same_as<memory_type, for_ever>)
        how.more.emplace_back(std::string{"deduplicates conversions"}, "for ever");
    else if constexpr (Options::deduplicates)
        how.more.emplace_back(std::string{"deduplicates conversions"}, length(options.memory));
    return {"desk", std::move(values), how};
}

/// Writes and reads all that a desk knows, customer by customer as a `customer_codec` does.
template <class State, class Customers>
class desk_codec {
  public:
    explicit desk_codec(Customers const& customers) : customers_{customers} {}

    /// Equal bytes for equal desks, wherever and in whatever order their customers came: what is
    /// spare is left out, because bit by bit it is forgotten in the order of a hash table.
    ///
    /// Errors:     as `customer_codec::write`.
    template <class SpareOf>
    void write(byte_writer& out, State const& state, SpareOf spare_of) const {
        detail::write(out, state.time.horizon());
        detail::write(out, state.time.has_ended());
        for_each_count(state.counts, [&](auto count) { out.count(count); });
        customers_.write(out, state.nobody, spare_of(state.nobody));
        auto const needed = needed_by_bytes(state, spare_of);
        out.count(needed.size());
        for (auto const& [key, customer, spare] : needed) {
            out.raw(key);
            customers_.write(out, *customer, spare);
            customers_.write_memory(out, *customer, spare, state.time.horizon());
        }
        if constexpr (State::deduplicates)
            write_ids(out, state);
        if (state.merged.size() != 0)
            write_merged(out, state);
    }

    /// Reads into a state that holds nothing yet.
    ///
    /// Errors:     partial_error if no desk writes such bytes; the state is of no use then.
    void read(byte_reader& in, State& fresh) const {
        auto const horizon = detail::read<time_type>(in);
        if (!is_on_time_line(horizon))
            byte_reader::refuse("the watermark is not a number");
        fresh.time = {horizon, detail::read<bool>(in)};
        for_each_count(fresh.counts, [&](auto& count) { count = in.count(); });
        fresh.take_over({customers_.read(in, std::nullopt), {}}, nullptr);
        for (auto left = in.size(); left > 0; --left) {
            auto const stored = detail::read<typename keys::stored>(in);
            typename keys::probe const key{stored};
            if (is_missing(key))
                byte_reader::refuse("the key of a customer is not a number");
            if (fresh.book.find(key) != nullptr)
                byte_reader::refuse("a customer is there twice");
            typename State::customer_type customer{customers_.read(in, key), {}};
            customers_.read_memory(in, customer);
            fresh.take_over(std::move(customer), &fresh.book.add(key));
        }
        if constexpr (State::deduplicates)
            read_ids(in, fresh);
        if (in.left() != 0)
            read_merged(in, fresh);
        fresh.book.for_each_node([&](auto const& each) {
            customers_.check_keys(each.second, [&](auto const& key) {
                return key && fresh.known_as(*key) == typename keys::probe(each.first);
            });
        });
    }

  private:
    using keys = typename State::keys;
    using time_type = typename State::time_type;
    using id_type = typename State::id_type;

    struct needed_customer {
        std::string key;  // its bytes
        typename State::customer_type const* customer;
        spare_records spare;
    };

    template <class Counts, class Use>
    static void for_each_count(Counts& counts, Use use) {
        use(counts.touchpoints);
        use(counts.conversions);
        use(counts.duplicates);
        use(counts.late_touchpoints);
        use(counts.late_conversions);
        use(counts.without_key);
        if constexpr (State::counts_some)
            use(counts.not_counted);
    }

    /// The customers of whom something is needed, in the order of their keys as they are written.
    /// This order does not depend on hashes, which standard libraries compute differently.
    template <class SpareOf>
    [[nodiscard]] std::vector<needed_customer> needed_by_bytes(State const& state,
                                                               SpareOf spare_of) const {
        std::vector<needed_customer> all;
        all.reserve(state.book.size());
        state.book.for_each_node([&](auto const& each) {
            auto const spare = spare_of(each.second);
            if (spare.touchpoints == each.second.touchpoints.size() &&
                spare.conversions == each.second.conversions.size() &&
                customers_.needs_no_memory(each.second, state.time.horizon()))
                return;
            byte_writer key;
            detail::write(key, each.first);
            all.push_back({key.take(), &each.second, spare});
        });
        std::sort(all.begin(), all.end(),
                  [](auto const& a, auto const& b) { return a.key < b.key; });
        return all;
    }

    static void write_ids(byte_writer& out, State const& state) {
        auto const is_needed = [&](auto const& one) {
            return state.ids.is_needed(one, state.time.horizon());
        };
        out.count(static_cast<std::uint64_t>(
            std::count_if(state.ids.begin(), state.ids.end(), is_needed)));
        for (auto const& one : state.ids)
            if (is_needed(one)) {
                detail::write(out, one.id);
                detail::write(out, one.at);
            }
    }
    static void read_ids(byte_reader& in, State& fresh) {
        for (auto left = in.size(); left > 0; --left) {
            auto id = detail::read<id_type>(in);
            auto const at = detail::read<time_type>(in);
            if (!is_on_time_line(at) || !fresh.ids.append({std::move(id), at}))
                byte_reader::refuse("the remembered ids are not in order");
        }
    }

    /// At the end, and only if there are any: (key, key by which the customer is known), in the
    /// order of their bytes.
    static void write_merged(byte_writer& out, State const& state) {
        std::vector<std::string> all;
        state.merged.for_each_node([&](auto const& each) {
            byte_writer one;
            detail::write(one, each.first);
            detail::write(one,
                          typename keys::stored(state.known_as(typename keys::probe(each.first))));
            all.push_back(one.take());
        });
        std::sort(all.begin(), all.end());
        out.count(all.size());
        for (auto const& one : all)
            out.raw(one);
    }
    static void read_merged(byte_reader& in, State& fresh) {
        auto const require = [](bool holds) {
            if (!holds)
                byte_reader::refuse("the merged keys are not in order, or merged in a circle");
        };
        auto left = in.size();
        require(left != 0);
        std::string_view previous;
        for (; left > 0; --left) {
            auto const bytes = in.rest();
            auto const key = detail::read<typename keys::stored>(in);
            auto known = detail::read<typename keys::stored>(in);
            auto const own = bytes.substr(0, bytes.size() - in.left());
            typename keys::probe const probe{key};
            require(previous < own && !is_missing(probe) &&
                    !is_missing(typename keys::probe(known)) &&
                    fresh.merged.find(probe) == nullptr);
            previous = own;
            fresh.merged.add(probe).second.emplace(std::move(known));
        }
        fresh.merged.for_each_node([&](auto const& each) {
            require(fresh.merged.find(typename keys::probe(*each.second)) == nullptr);
        });
    }

    Customers const& customers_;
};

}  // namespace attribution::detail
