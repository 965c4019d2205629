// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/memory/large.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Copies the first `used` of a number of elements to a place with room for `room` of them, and frees
/// their old place, which had room for `freed`. Compiled once for all types. Without <cstring>, whose names
/// (`index`, say) would stand in the global namespace.
///
/// Errors:     std::length_error if so many bytes have no number; std::bad_alloc.
[[nodiscard]] ATTRIBUTION_OUT_OF_LINE inline void*
moved_elements(void* elements, std::size_t used, std::size_t freed, std::size_t room,
               std::size_t size, std::size_t alignment) {
    if (room > std::numeric_limits<std::size_t>::max() / 2 / size)
        throw std::length_error{"buffer: too many elements"};
    void* const place = detail::allocate_bytes(room * size, alignment);
    if (used != 0)
        std::copy_n(static_cast<unsigned char const*>(elements), used * size,
                    static_cast<unsigned char*>(place));
    if (freed != 0)
        detail::free_bytes(elements, freed * size, alignment);
    return place;
}

/// Elements in a row that are nothing but bytes to copy, or can be moved without errors: what the engine
/// needs of a std::vector. That is up to a hundred functions for each type of element, and was a third of
/// what one attribution took to compile. Large buffers prefer huge pages.
///
/// Errors:     std::bad_alloc, std::length_error; the buffer is then unchanged.
template <class T>
class buffer {
  public:
    using value_type = T;

    static_assert(
        noexcept(T(static_cast<T&&>(*static_cast<T*>(nullptr)))));  // no template to compile

    constexpr buffer() = default;
    constexpr buffer(std::size_t size, T const& value) { assign(size, value); }
    constexpr buffer(buffer const& other)
        : buffer{} {  // so that, should a copy throw, none is lost
        if (other.size_ == 0)
            return;
        if (std::is_constant_evaluated() || !only_bytes) {
            grow(other.size_);
            for (auto const& one : other)
                push_back(one);
            return;
        }
        elements_ = static_cast<T*>(detail::moved_elements(other.elements_, other.size_, 0,
                                                           other.size_, sizeof(T), alignof(T)));
        size_ = capacity_ = other.size_;
    }
    constexpr buffer(buffer&& other) noexcept { swap(other); }
    constexpr buffer& operator=(buffer other) noexcept {
        swap(other);
        return *this;
    }
    constexpr ~buffer() {
        if (capacity_ == 0)
            return;
        if constexpr (!only_bytes)
            clear();
        if (std::is_constant_evaluated())
            std::allocator<T>{}.deallocate(elements_, capacity_);
        else
            detail::free_bytes(elements_, capacity_ * sizeof(T), alignof(T));
    }

    constexpr void swap(buffer& other) noexcept {
        auto* const elements = elements_;  // std::swap of pointers would be one for each type
        elements_ = other.elements_;
        other.elements_ = elements;
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr T* data() noexcept { return elements_; }
    [[nodiscard]] constexpr T const* data() const noexcept { return elements_; }
    [[nodiscard]] constexpr T* begin() noexcept { return elements_; }
    [[nodiscard]] constexpr T const* begin() const noexcept { return elements_; }
    [[nodiscard]] constexpr T* end() noexcept { return elements_ + size_; }
    [[nodiscard]] constexpr T const* end() const noexcept { return elements_ + size_; }
    [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return elements_[i]; }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept {
        return elements_[i];
    }
    [[nodiscard]] constexpr T& back() noexcept { return elements_[size_ - 1]; }

    constexpr void clear() noexcept {
        if constexpr (!only_bytes)
            while (size_ != 0)
                elements_[--size_].~T();
        size_ = 0;
    }
    constexpr void pop_back() noexcept {
        --size_;
        if constexpr (!only_bytes)
            elements_[size_].~T();
    }

    constexpr void push_back(T const& value) {
        if (size_ == capacity_) {
            T const kept = value;  // it may be one of the elements
            grow(2 * capacity_ + 1);
            std::construct_at(elements_ + size_, kept);
        } else {
            std::construct_at(elements_ + size_, value);
        }
        ++size_;
    }

    constexpr void assign(std::size_t size, T const& value) {
        clear();
        resize(size, value);
    }

    /// Elements beyond the present ones are `value`, which is none of them.
    constexpr void resize(std::size_t size, T const& value) {
        if (size > capacity_)
            grow(size < 2 * capacity_ ? 2 * capacity_ : size);
        for (; size_ < size; ++size_)
            std::construct_at(elements_ + size_, value);
        if constexpr (!only_bytes)
            while (size_ > size)
                pop_back();
        size_ = size;
    }

    /// `size` elements without particular values; what was there is forgotten. In a constant expression,
    /// where elements must have a value, they are `T{}`.
    constexpr void resize_for_overwrite(std::size_t size) {
        clear();
        if (std::is_constant_evaluated())
            resize(size, T{});
        else
            reserve(size);
        size_ = size;
    }

    /// Appends so many elements without particular values, which begin there. Not in a constant expression.
    [[nodiscard]] T* append_for_overwrite(std::size_t more) {
        if (more > capacity_ - size_)
            grow(size_ + more < 2 * capacity_ ? 2 * capacity_ : size_ + more);
        size_ += more;
        return elements_ + (size_ - more);
    }

    constexpr void reserve(std::size_t capacity) {
        if (capacity > capacity_)
            grow(capacity);
    }

  private:
    static constexpr bool only_bytes =
        std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>;

    ATTRIBUTION_OUT_OF_LINE constexpr void grow(std::size_t capacity) {
        if (only_bytes && !std::is_constant_evaluated()) {
            elements_ = static_cast<T*>(detail::moved_elements(elements_, size_, capacity_,
                                                               capacity, sizeof(T), alignof(T)));
            capacity_ = capacity;
            return;
        }
        auto* const larger = std::is_constant_evaluated()
                                 ? std::allocator<T>{}.allocate(capacity)
                                 : static_cast<T*>(detail::moved_elements(nullptr, 0, 0, capacity,
                                                                          sizeof(T), alignof(T)));
        for (std::size_t i = 0; i < size_; ++i) {
            std::construct_at(larger + i, static_cast<T&&>(elements_[i]));
            elements_[i].~T();
        }
        if (capacity_ != 0) {
            if (std::is_constant_evaluated())
                std::allocator<T>{}.deallocate(elements_, capacity_);
            else
                detail::free_bytes(elements_, capacity_ * sizeof(T), alignof(T));
        }
        elements_ = larger;
        capacity_ = capacity;
    }

    T* elements_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// Elements in a row, whether or not they are only bytes: a time, a key or an amount may be a class of
/// the user's.
template <class T>
using row_of = std::conditional_t<std::is_trivially_copyable_v<T>, buffer<T>, std::vector<T>>;

/// Replaces the elements by `size` of them without particular values.
template <class T>
constexpr void resize_for_overwrite(buffer<T>& elements, std::size_t size) {
    elements.resize_for_overwrite(size);
}
template <class T>
constexpr void resize_for_overwrite(std::vector<T>& elements, std::size_t size) {
    elements.assign(size, T{});
}

}  // namespace attribution::detail
