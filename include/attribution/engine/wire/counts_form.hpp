// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/engine/learn/evidence.hpp>
#include <attribution/engine/wire/bytes.hpp>

#include <cstdint>
#include <string>

namespace attribution::detail {

template <>
struct byte_form<noted_period> {
    static void write(byte_writer& out, noted_period const& period) {
        out.count(period.known ? 1 : 0);
        if (!period.known)
            return;
        for (auto const& end : {period.known->first, period.known->last}) {
            detail::write(out, end.count);
            detail::write(out, end.has_date);
        }
    }
    static noted_period read(byte_reader& in) {
        noted_period period;
        if (detail::read<bool>(in))
            for (int i = 0; i < 2; ++i) {
                auto const count = detail::read<std::int64_t>(in);
                noted_instant const at{count, detail::read<bool>(in)};
                if (period.known && at < period.known->last)
                    byte_reader::refuse("a period ends before it begins");
                period.add(at);
            }
        return period;
    }
};

template <amount Amount>
struct byte_form<evidence<Amount>> {
    static std::string name() { return "evidence of " + form_name<Amount>(); }
    static void write(byte_writer& out, evidence<Amount> const& seen) {
        for (auto const count : {seen.rows, seen.conversions, seen.nulls, seen.pathless_conversions,
                                 seen.pathless_customers})
            out.count(count);
        detail::write(out, seen.value);
        detail::write(out, seen.pathless_value);
        detail::write(out, seen.touchpoints);
        detail::write(out, seen.window_ends);
    }
    static evidence<Amount> read(byte_reader& in) {
        evidence<Amount> seen;
        for (auto* count : {&seen.rows, &seen.conversions, &seen.nulls, &seen.pathless_conversions,
                            &seen.pathless_customers})
            *count = in.count();
        seen.value = detail::read<running_total<Amount>>(in);
        seen.pathless_value = detail::read<running_total<Amount>>(in);
        seen.touchpoints = detail::read<noted_period>(in);
        seen.window_ends = detail::read<noted_period>(in);
        return seen;
    }
};

template <class Channel, amount Amount>
struct byte_form<markov_parts<Channel, Amount>> {
    using parts = markov_parts<Channel, Amount>;
    static std::string name() {
        return "transitions between " + form_name<Channel>() + ", " + form_name<evidence<Amount>>();
    }
    static void write(byte_writer& out, parts const& counts) {
        detail::write(out, counts.channels);
        detail::write(out, counts.states);
        detail::write(out, counts.hops);
        detail::write(out, counts.seen);
    }
    static parts read(byte_reader& in) {
        parts counts;
        counts.channels = detail::read<decltype(counts.channels)>(in);
        counts.states = detail::read<decltype(counts.states)>(in);
        counts.hops = detail::read<decltype(counts.hops)>(in);
        counts.seen = detail::read<evidence<Amount>>(in);
        return counts;
    }
};

template <class Channel, amount Amount>
struct byte_form<shapley_parts<Channel, Amount>> {
    using parts = shapley_parts<Channel, Amount>;
    static std::string name() {
        return "coalitions of " + form_name<Channel>() + ", " + form_name<evidence<Amount>>();
    }
    static void write(byte_writer& out, parts const& counts) {
        detail::write(out, counts.channels);
        detail::write(out, counts.players);
        detail::write(out, counts.coalitions);
        detail::write(out, counts.seen);
    }
    static parts read(byte_reader& in) {
        parts counts;
        counts.channels = detail::read<decltype(counts.channels)>(in);
        counts.players = detail::read<decltype(counts.players)>(in);
        counts.coalitions = detail::read<decltype(counts.coalitions)>(in);
        counts.seen = detail::read<evidence<Amount>>(in);
        return counts;
    }
};

}  // namespace attribution::detail
