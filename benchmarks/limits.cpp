// SPDX-License-Identifier: BSL-1.0
// What no way of computing credit can beat: reading the bytes of the workload once, 13 of a
// touchpoint and 20 of a conversion; and writing the bytes of a ledger.
#include "harness.hpp"

#include <attribution/credit/credit.hpp>

#include <benchmark/benchmark.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace harness {

namespace {

/// Part `one` of `parts`.
template <class T>
std::span<T const> part(std::vector<T> const& all, std::size_t one, std::size_t parts) {
    auto const begin = all.size() * one / parts;
    return std::span{all}.subspan(begin, all.size() * (one + 1) / parts - begin);
}

template <class T>
std::uint64_t sum(std::span<T const> cells) {
    std::uint64_t total = 0;
    for (auto const cell : cells)
        total += static_cast<std::uint64_t>(cell);
    return total;
}

/// Without any arithmetic that would have to keep the order of additions.
std::uint64_t bits(std::span<double const> cells) {
    std::uint64_t all = 0;
    for (auto const& cell : cells)
        all ^= std::bit_cast<std::uint64_t>(cell);
    return all;
}

std::uint64_t read(workload::data const& data, std::size_t one, std::size_t parts) {
    return sum(part(data.touches.customer, one, parts)) + sum(part(data.touches.at, one, parts)) +
           sum(part(data.touches.channel, one, parts)) +
           sum(part(data.sales.customer, one, parts)) + sum(part(data.sales.at, one, parts)) +
           bits(part(data.sales.value, one, parts));
}

void add_reading(workload::plan const& plan, unsigned threads) {
    auto const run = [threads](workload::data const& data) {
        std::vector<std::thread> others;
        for (unsigned i = 1; i < threads; ++i)
            others.emplace_back(
                [&data, i, threads] { benchmark::DoNotOptimize(read(data, i, threads)); });
        benchmark::DoNotOptimize(read(data, 0, threads));
        for (auto& other : others)
            other.join();
    };
    add({"reading", "bytes", plan, threads}, nothing_to_verify, run);
}

void add_writing(workload::plan const& plan) {
    using credit = attribution::credit<double>;
    auto const credits = [](workload::data const& data) {
        auto const& counted = reference::get(data.made_by());
        return counted.pairs + data.sales.at.size() - counted.paths;
    };
    auto const write = [credits](workload::data const& data) {
        auto const size = credits(data);
        auto const written = std::make_unique_for_overwrite<credit[]>(size);
        for (std::size_t i = 0; i < size; ++i)
            written[i] = {i, i, 1.0, 1.0};
        benchmark::DoNotOptimize(written.get());
        benchmark::ClobberMemory();
    };
    add(
        {"writing", "ledger", plan},
        [credits](workload::data const& data) {
            return credits(data) > 0 ? std::string{} : std::string{"there is nothing to write"};
        },
        write);
}

}  // namespace

void add_limits(std::size_t touches) {
    for (auto const how : {order::sorted, order::shuffled})
        for (unsigned const threads : {1U, 2U})
            add_reading({touches, how}, threads);
    add_writing({touches, order::sorted});
}

}  // namespace harness
