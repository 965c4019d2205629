// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/temporary.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A range that owns its elements: the rows of a report, the credits of a ledger.
///
/// A range-based for loop may walk over a temporary, which it keeps alive. Otherwise a temporary
/// returns its elements by value, and no iterators.
template <class T, class Elements = std::vector<T>>
class owned_range {
  public:
    owned_range() = default;
    constexpr explicit owned_range(Elements elements) : elements_{std::move(elements)} {}

    [[nodiscard]] constexpr auto begin() const& noexcept { return elements_.begin(); }
    [[nodiscard]] constexpr auto end() const& noexcept { return elements_.end(); }
    template <class Self = owned_range>
    constexpr void begin() const&& {
        refuse_temporary<Self>();
    }
    template <class Self = owned_range>
    constexpr void end() const&& {
        refuse_temporary<Self>();
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return elements_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return elements_.empty(); }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const& noexcept {
        return elements_[i];
    }
    [[nodiscard]] constexpr T operator[](std::size_t i) const&& { return elements_[i]; }

  protected:
    Elements elements_;
};

}  // namespace attribution::detail
