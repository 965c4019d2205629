// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#ifdef ATTRIBUTION_HUGE_PAGES
#include <sys/mman.h>
#endif

namespace attribution::inline v0_1::detail {

inline constexpr std::size_t huge_page = std::size_t{1} << 21;

/// Asks the system for huge pages. A large buffer that is filled in random order then needs a
/// hundred pages instead of ten thousand small ones, each of which costs a page fault and an entry
/// in the processor's table of addresses. Only if ATTRIBUTION_HUGE_PAGES is defined, and even then
/// only a hint: without it everything works the same.
inline void prefer_huge_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) {
#if defined(ATTRIBUTION_HUGE_PAGES) && defined(MADV_HUGEPAGE)
    static_cast<void>(madvise(begin, bytes, MADV_HUGEPAGE));
#endif
}

/// For large buffers that are about to be filled: leaves new elements default-initialised, so that
/// no element is filled twice, and prefers huge pages.
template <class T>
struct uninitialized_allocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = uninitialized_allocator<U>;
    };

    [[nodiscard]] constexpr T* allocate(std::size_t count) {
        if (std::is_constant_evaluated() || !is_large(count))
            return std::allocator<T>::allocate(count);
        auto const bytes = count * sizeof(T);
        auto* const buffer = ::operator new (bytes, std::align_val_t{huge_page});
        prefer_huge_pages(buffer, bytes);
        return static_cast<T*>(buffer);
    }

    constexpr void deallocate(T* elements, std::size_t count) {
        if (std::is_constant_evaluated() || !is_large(count))
            std::allocator<T>::deallocate(elements, count);
        else
            ::operator delete (elements, std::align_val_t{huge_page});
    }

    template <class U, class... Args>
    constexpr void construct(U* place, Args&&... args) {
        if constexpr (sizeof...(Args) == 0)
            ::new (static_cast<void*>(place)) U;  // and therefore not in constant expressions
        else
            std::construct_at(place, std::forward<Args>(args)...);
    }

  private:
    static constexpr bool is_large(std::size_t count) { return count >= 2 * huge_page / sizeof(T); }
};

template <class T>
using uninitialized_vector = std::vector<T, uninitialized_allocator<T>>;

/// Resizes to `size` elements without particular values. In a constant expression, where elements
/// must have a value, they are `value`.
template <class T>
constexpr void resize_uninitialized(uninitialized_vector<T>& elements, std::size_t size,
                                    T const& value) {
    elements.clear();
    if (std::is_constant_evaluated())
        elements.assign(size, value);
    else
        elements.resize(size);
}

}  // namespace attribution::detail
