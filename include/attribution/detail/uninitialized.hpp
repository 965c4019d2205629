// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::detail {

/// Leaves new elements as default construction does, so that large buffers which are about to be
/// filled need not be filled twice.
template <class T>
struct uninitialized_allocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = uninitialized_allocator<U>;
    };

    template <class U, class... Args>
    constexpr void construct(U* place, Args&&... args) {
        if constexpr (sizeof...(Args) == 0) {
            if (std::is_constant_evaluated())
                std::construct_at(place);
            else
                ::new (static_cast<void*>(place)) U;
        } else {
            std::construct_at(place, std::forward<Args>(args)...);
        }
    }
};

template <class T>
using uninitialized_vector = std::vector<T, uninitialized_allocator<T>>;

/// `size` elements of no particular value; of `value` in a constant expression, which must not
/// leave them without one.
template <class T>
constexpr void resize_uninitialized(uninitialized_vector<T>& elements, std::size_t size,
                                    T const& value) {
    if (std::is_constant_evaluated()) {
        elements.assign(size, value);
    } else {
        elements.clear();
        elements.resize(size);
    }
}

}  // namespace attribution::detail
