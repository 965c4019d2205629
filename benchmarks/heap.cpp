// SPDX-License-Identifier: BSL-1.0
#include "heap.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<bool> watching{false};
std::atomic<std::int64_t> in_use{0};
std::atomic<std::int64_t> most{0};

void* taken(void* block) {
    if (block == nullptr)
        throw std::bad_alloc{};
    if (watching.load(std::memory_order_relaxed)) {
        auto const size = static_cast<std::int64_t>(malloc_usable_size(block));
        auto const now = in_use.fetch_add(size, std::memory_order_relaxed) + size;
        auto before = most.load(std::memory_order_relaxed);
        while (before < now && !most.compare_exchange_weak(before, now))
            ;
    }
    return block;
}

void given_back(void* block) {
    if (watching.load(std::memory_order_relaxed))
        in_use.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)),
                         std::memory_order_relaxed);
    std::free(block);
}

void* aligned(std::size_t size, std::align_val_t alignment) {
    auto const to = static_cast<std::size_t>(alignment);
    return std::aligned_alloc(to, (size + to - 1) / to * to);
}

}  // namespace

// The other forms of new and delete end in these.
void* operator new(std::size_t size) {
    return taken(std::malloc(std::max<std::size_t>(size, 1)));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return taken(aligned(size, alignment));
}
void operator delete(void* block) noexcept {
    given_back(block);
}
void operator delete(void* block, std::size_t) noexcept {
    given_back(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
    given_back(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
    given_back(block);
}

namespace heap {

watch::watch() {
    in_use = 0;
    most = 0;
    watching = true;
}

watch::~watch() {
    watching = false;
}

std::int64_t watch::peak() const {
    return most;
}

}  // namespace heap
