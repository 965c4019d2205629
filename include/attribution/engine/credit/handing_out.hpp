// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/credit/credit_each.hpp>
#include <attribution/engine/credit/single_credits.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/parallel.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

/// Where `attribute` puts credits that are not added up: a sink, or ledgers.
namespace attribution::inline v0_1::detail {

/// The sink bound to the records, for the credits of `Models` models.
template <std::size_t Models, class Sink, class Conversions, class Touchpoints>
constexpr auto bound_sink(Sink const& sink, Conversions const& c, Touchpoints const& t) {
    if constexpr (Models == 1) {
        return sink.bind(c, t);
    } else {
        static_assert(
            requires { sink.template bind<Models>(c, t); },
            "attribution: this sink adds up the credits of one model; call attribute() once for "
            "each, or add up with by(...)");
        return sink.template bind<Models>(c, t);
    }
}

/// Hands every credit to `receive`, in the order of the rows.
template <class Journeys, class Policy, class Sink, class... Models>
constexpr void hand_in_order(parallel how, Journeys const& joined, Policy const& p, Sink& receive,
                             Models const&... each) {
    if (how.threads() != 1)
        throw std::invalid_argument{
            "attribute: a sink that takes credits one by one takes them in their order, on one "
            "thread; add up with by(...), or attribute into a ledger first"};
    single_credits<typename Journeys::value_type, Sink, sizeof...(Models)> receiver{receive};
    detail::credit_each(visiting::by_row, joined, p, 0, joined.conversions().size(), receiver,
                        std::index_sequence_for<Models...>{}, each...);
}

/// All elements of the parts, in their order. The parts are empty then.
template <class T>
constexpr large_vector<T> one_after_another(std::vector<large_vector<T>>& parts,
                                            std::size_t threads) {
    if (parts.size() == 1)
        return std::move(parts.front());
    std::size_t size = 0;
    for (auto const& part : parts)
        size += part.size();
    if constexpr (std::is_trivially_copyable_v<T>)
        if (!std::is_constant_evaluated()) {
            large_vector<T> all(unfilled::iterator{0}, unfilled::iterator{size});
            buffer<std::size_t> ends;
            for (auto const& part : parts)
                ends.push_back((ends.empty() ? 0 : ends.back()) + part.size());
            detail::for_each_part(parts.size(), threads, [&](std::size_t part, std::size_t) {
                auto& own = parts[part];
                std::copy_n(own.data(), own.size(), all.data() + (ends[part] - own.size()));
                large_vector<T>{}.swap(own);  // no second copy of all
            });
            return all;
        }
    large_vector<T> all;
    all.reserve(size);
    for (auto& part : parts) {
        all.insert(all.end(), part.begin(), part.end());
        large_vector<T>{}.swap(part);
    }
    return all;
}

/// Every credit in the order of the rows, model by model.
template <class Journeys, class Policy, class... Models>
constexpr auto kept_credits(parallel how, Journeys const& joined, Policy const& p,
                            Models const&... each) {
    using amount_type = typename Journeys::value_type;
    using credits = large_vector<credit<amount_type>>;
    constexpr std::size_t count = sizeof...(Models);
    auto const conversions = joined.conversions().size();
    auto const parts = detail::parts_for(conversions, how.threads());
    std::array<std::vector<credits>, count> lines;  // by model, then by part
    for (auto& own : lines)
        own.assign(parts, credits{});
    detail::for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t) {
        auto const begin = detail::part_begin(conversions, parts, part);
        auto const end = detail::part_begin(conversions, parts, part + 1);
        for (auto& own : lines)
            own[part].reserve(end - begin);  // each conversion has a credit, attributed or not
        auto const keep = [&](credit<amount_type> const& earned, std::size_t m = 0) {
            lines[m][part].push_back(earned);
        };
        single_credits<amount_type, decltype(keep), count> receiver{keep};
        detail::credit_each(visiting::by_row, joined, p, begin, end, receiver,
                            std::index_sequence_for<Models...>{}, each...);
    });
    std::vector<credits> all;
    for (auto& own : lines)
        all.push_back(detail::one_after_another(own, how.threads()));
    return all;
}

template <class Journeys, class Credits, std::size_t... I>
constexpr auto ledgers(Journeys const& joined, std::vector<Credits>& of_models,
                       std::index_sequence<I...>) {
    return std::array{
        ledger{joined.conversions(), joined.touchpoints(), std::move(of_models[I])}...};
}

}  // namespace attribution::detail
