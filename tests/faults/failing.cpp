// SPDX-License-Identifier: BSL-1.0
#include "faults/everywhere.hpp"

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <new>

namespace faults {

namespace {

constexpr auto never = std::numeric_limits<std::size_t>::max();

struct point {
    std::atomic<std::size_t> first = never;
    std::atomic<std::size_t> last = never;
    std::atomic<std::size_t> calls = 0;

    bool fails() {
        if (first == never)
            return false;
        auto const call = ++calls;
        return first <= call && call <= last;
    }
};

point allocations;
point user_calls;
std::atomic<std::ptrdiff_t> blocks = 0;

void* allocate(std::size_t size, std::size_t alignment) {
    if (allocations.fails())
        return nullptr;
    auto* const block = alignment <= alignof(std::max_align_t)
                            ? std::malloc(size + (size == 0))
                            : std::aligned_alloc(alignment, (size / alignment + 1) * alignment);
    if (block != nullptr)
        ++blocks;
    return block;
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
    if (auto* const block = allocate(size, alignment))
        return block;
    throw std::bad_alloc{};
}

void release(void* block) {
    if (block == nullptr)
        return;
    --blocks;
    std::free(block);
}

}  // namespace

failing_point::failing_point(source from, std::size_t number, bool for_good) {
    auto& chosen = from == source::allocation ? allocations : user_calls;
    for (auto* const each : {&allocations, &user_calls})
        each->calls = 0;
    chosen.last = for_good ? never : number;
    chosen.first = number;
}

failing_point::~failing_point() {
    allocations.first = never;
    user_calls.first = never;
}

bool failing_point::reached() const {
    return (allocations.first != never && allocations.calls >= allocations.first) ||
           (user_calls.first != never && user_calls.calls >= user_calls.first);
}

std::ptrdiff_t blocks_out() {
    return blocks;
}

namespace {

struct counts {
    std::size_t calls = 0;
    std::size_t points = 0;

    ~counts() { std::printf("%zu calls, made to fail at %zu points\n", calls, points); }
};
counts made;

}  // namespace

void count_call() {
    ++made.calls;
}
void count_point() {
    ++made.points;
}

void user_code() {
    if (user_calls.fails())
        throw planted{};
}

}  // namespace faults

void* operator new(std::size_t size) {
    return faults::allocate_or_throw(size, 1);
}
void* operator new[](std::size_t size) {
    return faults::allocate_or_throw(size, 1);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return faults::allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return faults::allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return faults::allocate(size, 1);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return faults::allocate(size, 1);
}
void operator delete(void* block) noexcept {
    faults::release(block);
}
void operator delete[](void* block) noexcept {
    faults::release(block);
}
void operator delete(void* block, std::size_t) noexcept {
    faults::release(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    faults::release(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
    faults::release(block);
}
void operator delete[](void* block, std::align_val_t) noexcept {
    faults::release(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
    faults::release(block);
}
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
    faults::release(block);
}
void operator delete(void* block, std::nothrow_t const&) noexcept {
    faults::release(block);
}
void operator delete[](void* block, std::nothrow_t const&) noexcept {
    faults::release(block);
}
