// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Iterates over anything with `operator[](std::size_t) const` that returns its elements by value.
template <class Indexable>
class index_iterator {
  public:
    using value_type = std::remove_cvref_t<decltype(std::declval<Indexable const&>()[0])>;
    using reference = decltype(std::declval<Indexable const&>()[0]);
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using iterator_category = std::random_access_iterator_tag;

    index_iterator() = default;
    constexpr index_iterator(Indexable const& whole, std::size_t index)
        : whole_{&whole}, index_{static_cast<difference_type>(index)} {}

    constexpr reference operator*() const { return (*whole_)[static_cast<std::size_t>(index_)]; }
    constexpr reference operator[](difference_type n) const { return *(*this + n); }

    constexpr index_iterator& operator+=(difference_type n) {
        index_ += n;
        return *this;
    }
    constexpr index_iterator& operator-=(difference_type n) { return *this += -n; }
    constexpr index_iterator& operator++() { return *this += 1; }
    constexpr index_iterator& operator--() { return *this -= 1; }
    constexpr index_iterator operator++(int) {
        auto const before = *this;
        ++*this;
        return before;
    }
    constexpr index_iterator operator--(int) {
        auto const before = *this;
        --*this;
        return before;
    }

    friend constexpr index_iterator operator+(index_iterator it, difference_type n) {
        return it += n;
    }
    friend constexpr index_iterator operator+(difference_type n, index_iterator it) {
        return it += n;
    }
    friend constexpr index_iterator operator-(index_iterator it, difference_type n) {
        return it -= n;
    }
    friend constexpr difference_type operator-(index_iterator a, index_iterator b) {
        return a.index_ - b.index_;
    }
    friend constexpr bool operator==(index_iterator a, index_iterator b) {
        return a.index_ == b.index_;
    }
    friend constexpr std::strong_ordering operator<=>(index_iterator a, index_iterator b) {
        return a.index_ <=> b.index_;
    }

  private:
    Indexable const* whole_ = nullptr;
    difference_type index_ = 0;
};

}  // namespace attribution::detail
