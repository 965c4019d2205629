// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/shape.hpp>
#include <attribution/numeric/share.hpp>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <tuple>

namespace attribution::inline v0_1 {

/// How a path of exactly two touchpoints is split; only the proportion counts.
struct two_touches {
    double first;
    double last;
};

class position_based_model : public model_tag {
  public:
    constexpr position_based_model(double first, double last, two_touches two)
        : first_{parts(first)}, last_{parts(last)}, two_{two} {
        if (first_ + last_ > whole)
            throw std::invalid_argument{"position_based: the shares of the first and the last "
                                        "touch must not exceed 1 together"};
        if (!(two.first >= 0 && two.last >= 0 && two.first + two.last > 0 &&
              two.first + two.last <= largest_split))
            throw std::invalid_argument{"position_based: the split of two touches must be two "
                                        "non-negative numbers, not both 0"};
    }

    /// A template, so that only who asks compiles a tuple of five.
    template <class Number = double>
    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"position_based", Number{first_ / whole}, Number{last_ / whole},
                          Number{two_.first}, Number{two_.last}};
    }

    constexpr std::array<level, 3> shape(std::size_t n) const {
        if (n == 1)
            return {level{1, 1}};
        if (n == 2)
            return {level{1, two_.first}, level{1, two_.last}};
        // All weights are multiplied by n - 2: they are whole numbers, and the middle needs no
        // division.
        auto const middle = static_cast<double>(n - 2);
        return {level{1, first_ * middle}, level{n - 2, whole - first_ - last_},
                level{1, last_ * middle}};
    }
    constexpr void operator()(auto const&, weights w) const { draw(*this, w); }

  private:
    static constexpr double whole = detail::billion;
    static constexpr double largest_split = 1e300;

    static constexpr double parts(double share) {
        return static_cast<double>(detail::billionths(share, "position_based"));
    }

    double first_;
    double last_;
    two_touches two_;
};

/// U-shaped: `first` to the first touchpoint, `last` to the last, the rest evenly to those between.
///
/// Shape:      n = 1: all. n = 2: `two`, by default in the proportion first : last (evenly if both
///             are 0). n > 2: first, (1 - first - last) / (n - 2) each, last.
/// Units:      shares in [0, 1], read to nine decimals.
/// Edges:      position_based(1, 0) is first touch.
/// Errors:     std::invalid_argument if a share is negative, if the two add up to more than 1, or
///             if a weight in `two` is negative or both are 0.
/// Complexity: O(n) per path.
/// Source:     40/20/40 is the field's default (Google Analytics, Adobe "U-shaped"); J-shaped
///             models split two touchpoints in a way of their own.
[[nodiscard]] constexpr position_based_model position_based(double first, double last,
                                                            two_touches two) {
    return {first, last, two};
}
[[nodiscard]] constexpr position_based_model position_based(double first = 0.4, double last = 0.4) {
    bool const neither = first == 0 && last == 0;
    auto const two = neither ? two_touches{1, 1} : two_touches{first, last};
    return {first, last, two};
}

}  // namespace attribution
