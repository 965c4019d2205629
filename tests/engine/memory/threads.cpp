// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/threads.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using attribution::detail::for_each_part;

constexpr bool test() {
    std::size_t calls = 0;
    for_each_part(5, 3, [&](std::size_t part, std::size_t thread) {
        support::require(thread == 0 && part == calls);
        ++calls;
    });
    support::require(calls == 5);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("every part is worked on once, by threads below their number") {
    for (std::size_t const threads : {1u, 2u, 16u})
        for (std::size_t const parts : {0u, 1u, 2u, 1000u}) {
            std::vector<std::atomic<int>> calls(parts);
            std::atomic<bool> numbered = true;
            for_each_part(parts, threads, [&](std::size_t part, std::size_t thread) {
                ++calls[part];
                if (thread >= threads)
                    numbered = false;
            });
            CHECK(numbered);
            for (auto const& one : calls)
                CHECK(one == 1);
        }
}

TEST_CASE("as many threads work as were asked for") {
    for (std::size_t const threads : {2u, 3u, 7u, 8u, 9u}) {
        std::atomic<std::size_t> begun = 0;
        std::vector<std::atomic<int>> parts_of(threads);
        for_each_part(threads, threads, [&](std::size_t, std::size_t thread) {
            ++parts_of[thread];
            ++begun;
            for (int i = 0; i < 10'000'000 && begun < threads; ++i)  // for ever, if one was missing
                std::this_thread::yield();
        });
        for (auto const& one : parts_of)
            CHECK(one == 1);
    }
}

TEST_CASE("the first error of those that happened comes out, when all threads have ended") {
    for (std::size_t const threads : {1u, 4u}) {
        std::atomic<int> running = 0;
        try {
            for_each_part(100, threads, [&](std::size_t part, std::size_t) {
                ++running;
                struct leave {
                    std::atomic<int>& count;
                    ~leave() { --count; }
                } const last{running};
                if (part == 0)
                    throw std::runtime_error{"part 0"};
                if (part > 50)
                    throw std::runtime_error{"a later part"};
            });
            FAIL("nothing thrown");
        } catch (std::runtime_error const& error) {
            CHECK(error.what() == std::string{"part 0"});
        }
        CHECK(running == 0);
    }
}

TEST_CASE("of two parts that fail at once, the first one's error comes out") {
    std::atomic<int> begun = 0;
    auto const fail = [&](std::size_t part, std::size_t) {
        ++begun;
        for (int i = 0; i < 10'000'000 && begun < 2;
             ++i)  // for ever, if there was no second thread
            std::this_thread::yield();
        throw std::runtime_error{std::to_string(part)};
    };
    CHECK_THROWS_WITH_AS(for_each_part(2, 2, fail), "0", std::runtime_error);
}

TEST_CASE("the first of the parts that fail may be that of any thread") {
    constexpr std::size_t none = 99;
    std::atomic<std::size_t> of_other = none;
    std::atomic<bool> later = false;
    auto const wait_until = [](auto const& happened) {
        for (int i = 0; i < 10'000'000 && !happened();
             ++i)  // for ever, if there was no second thread
            std::this_thread::yield();
    };
    auto const fail = [&](std::size_t part, std::size_t thread) {
        if (thread == 0) {
            wait_until([&] { return of_other != none; });
            if (part < of_other)
                return;  // what this one takes next comes after the other's
            later = true;
        } else {
            of_other = part;
            wait_until([&] { return later.load(); });
        }
        throw std::runtime_error{std::to_string(part)};
    };
    try {
        for_each_part(3, 2, fail);
        FAIL("nothing thrown");
    } catch (std::runtime_error const& error) {
        CHECK(error.what() == std::to_string(of_other));
    }
}
