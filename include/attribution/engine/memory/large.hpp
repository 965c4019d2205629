// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
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

inline bool fills_huge_pages(std::size_t bytes) {
    return bytes >= 2 * huge_page;
}

/// Memory for so many bytes; a large one prefers huge pages.
///
/// Errors:     std::bad_alloc.
[[nodiscard]] inline void* allocate_bytes(std::size_t bytes, std::size_t alignment) {
    if (fills_huge_pages(bytes)) {
        auto* const place = ::operator new (bytes, std::align_val_t{huge_page});
        prefer_huge_pages(place, bytes);
        return place;
    }
    return alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__
               ? ::operator new (bytes, std::align_val_t{alignment})
               : ::operator new(bytes);
}

/// Gives back what `allocate_bytes` gave.
ATTRIBUTION_OUT_OF_LINE inline void free_bytes(void* place, std::size_t bytes,
                                               std::size_t alignment) {
    if (fills_huge_pages(bytes))
        ::operator delete (place, std::align_val_t{huge_page});
    else if (alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
        ::operator delete (place, std::align_val_t{alignment});
    else
        ::operator delete(place);
}

/// An element that nobody makes, because its bytes will be copied into its place: a large_vector of `n` such
/// elements is made of `unfilled::iterator{0}` and `unfilled::iterator{n}`.
struct unfilled {
    /// Not called, and nowhere defined: some standard libraries ask whether an element can be made of this.
    template <class T>
    explicit operator T() const;

    class iterator {
      public:
        using value_type = unfilled;
        using difference_type = std::ptrdiff_t;
        using reference = unfilled;
        using pointer = unfilled const*;
        using iterator_category = std::random_access_iterator_tag;

        explicit iterator(std::size_t place) : place_{static_cast<std::ptrdiff_t>(place)} {}
        unfilled operator*() const { return {}; }
        iterator& operator++() {
            ++place_;
            return *this;
        }
        friend std::ptrdiff_t operator-(iterator a, iterator b) { return a.place_ - b.place_; }
        friend bool operator==(iterator a, iterator b) = default;

      private:
        std::ptrdiff_t place_;
    };
};

/// For vectors that may be large.
template <class T>
struct large_allocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = large_allocator<U>;
    };

    [[nodiscard]] constexpr T* allocate(std::size_t count) {
        if (std::is_constant_evaluated())
            return std::allocator<T>::allocate(count);
        return static_cast<T*>(detail::allocate_bytes(count * sizeof(T), alignof(T)));
    }

    constexpr void deallocate(T* elements, std::size_t count) {
        if (std::is_constant_evaluated())
            std::allocator<T>::deallocate(elements, count);
        else
            detail::free_bytes(elements, count * sizeof(T), alignof(T));
    }

    /// Leaves the place as it is.
    void construct(T*, unfilled) const noexcept { static_assert(std::is_trivially_copyable_v<T>); }
};

template <class T>
using large_vector = std::vector<T, large_allocator<T>>;

}  // namespace attribution::detail
