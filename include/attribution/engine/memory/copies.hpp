// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>

namespace attribution::inline v0_1::detail {

/// A number of copies of one value, such as what each thread works with: of a std::vector of them, every
/// program that attributes would compile dozens of functions.
///
/// Errors:     std::bad_alloc; what copying throws. Copies that were made are then destroyed.
template <class T>
class copies {
  public:
    constexpr copies(std::size_t number, T const& value) : copies{number} {
        for (; made_ < room_; ++made_)
            std::construct_at(all_ + made_, value);
    }
    copies(copies const&) = delete;
    copies& operator=(copies const&) = delete;
    constexpr ~copies() {
        while (made_ > 0)
            std::destroy_at(all_ + --made_);
        if (room_ > 0)
            std::allocator<T>{}.deallocate(all_, room_);
    }

    [[nodiscard]] constexpr std::size_t size() const { return made_; }
    [[nodiscard]] constexpr T& operator[](std::size_t i) { return all_[i]; }

  private:
    /// Room for them. The destructor runs if a copy throws after this.
    constexpr explicit copies(std::size_t number)
        : all_{number == 0 ? nullptr : std::allocator<T>{}.allocate(number)}, room_{number} {}

    T* all_;
    std::size_t room_;
    std::size_t made_ = 0;
};

}  // namespace attribution::detail
