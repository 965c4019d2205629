// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/splitter.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The multiple of 2^exponent nearest to a finite value of at least 0.
inline double nearest_multiple(double value, int exponent) {
    auto const parts = take_apart(value);
    int const shift = exponent - parts.exponent;
    if (shift <= 0)
        return value;
    if (shift > 54)
        return 0;
    auto const rounded = (parts.mantissa + (std::uint64_t{1} << (shift - 1))) >> shift;
    return std::ldexp(static_cast<double>(rounded), exponent);
}

/// What is left of sales for refunds, touchpoint by touchpoint. Only refunded sales are kept.
///
/// Parts of floating amounts and of shares are whole multiples of the last digit of what was given,
/// so that subtracting them is exact, in any order: what was given less all that was taken back is
/// exactly what is left. Therefore the credits alone show what is left.
template <amount Amount>
class sale_book {
    static constexpr bool real = std::floating_point<Amount>;
    using units = units_of<Amount>;
    using unit_type = typename units::type;
    using number = std::conditional_t<real, double, int128>;

    struct line {
        std::size_t row;
        number given{};  // by the sale, before any refund
        number left{};
        double share_given = 0;
        double share_left = 0;
    };
    struct sale {
        bool refunded = false;
        number given{};
        std::vector<std::size_t> lines;
    };

  public:
    static number count(Amount const& whole) { return number{units::count(whole)}; }

    explicit sale_book(std::size_t sales) : sales_(sales) {}

    void expect_refunds(std::size_t of) { sales_[of].refunded = true; }
    [[nodiscard]] bool expects_refunds(std::size_t of) const { return sales_[of].refunded; }

    /// Adds the credit in `row`, from sale `of` to that touchpoint.
    void add(std::size_t of, std::size_t touchpoint, std::size_t row, Amount const& whole,
             double share) {
        if (!is_finite_amount(whole) || !is_share(share))
            throw std::domain_error{"take_back: the credit in row " + std::to_string(row) +
                                    " has an amount that is not a finite number, or a share that "
                                    "is not in [-1, 1]"};
        auto& from = sales_[of];
        auto const place = places_({of, touchpoint});
        if (place == lines_.size()) {
            lines_.push_back({touchpoint == no_row ? no_row : row});
            from.lines.push_back(place);
        }
        auto& to = lines_[place];
        auto const amount = count(whole);
        if (share > 0) {
            from.given = bounded(from.given + amount);
            to.given = bounded(to.given + amount);
            to.share_given += share;
        }
        to.left = bounded(to.left + amount);
        to.share_left += share;
        if (to.share_given > 1 + 1e-9)
            throw std::invalid_argument{
                "take_back: with the credit in row " + std::to_string(row) +
                ", a touchpoint has more than the whole of its sale; are credits there twice?"};
    }

    /// Calls `give(row of the touchpoint's first credit, amount, share)` for everything that a
    /// refund takes back. Returns whether the refund was larger than what was left.
    template <class Give>
    bool take(std::size_t of, Amount const& refund, std::size_t refund_row, Give give) {
        auto const& from = sales_[of];
        auto const value = count(refund);
        if (value == 0)
            return false;
        bool const negative = value < 0;
        if (negative == (from.given < 0))
            throw std::invalid_argument{"take_back: the refund in row " +
                                        std::to_string(refund_row) +
                                        " has the sign of its sale; a refund of a positive sale is "
                                        "negative"};
        auto const wanted = negative ? -value : value;
        number all{};
        for (auto const i : from.lines)
            all = bounded(all + left(lines_[i], negative));
        auto const rounding = rounding_of_sale(from.given);
        bool const everything = all <= wanted || all - wanted <= rounding;
        auto const fraction =
            everything ? 1.0 : static_cast<double>(wanted) / static_cast<double>(all);
        if (all > 0) {
            split(from, wanted, negative, everything, fraction);
            for (std::size_t i = 0; i < from.lines.size(); ++i) {
                auto& one = lines_[from.lines[i]];
                auto const share = share_part(one, everything, fraction);
                one.left += negative ? -parts_[i] : parts_[i];
                one.share_left -= share;
                if (parts_[i] != 0 || share != 0)
                    give(one.row, made(parts_[i], negative), 0 - std::min(share, 1.0));
            }
        }
        if (!everything || wanted - all <= rounding)
            return false;
        give(no_row, made(wanted - all, negative), 0.0);
        return true;
    }

  private:
    /// Rounding may carry the sum of the parts beyond the whole.
    static number bounded(number sum) {
        if constexpr (real)
            return std::clamp(sum, -std::numeric_limits<double>::max(),
                              std::numeric_limits<double>::max());
        else
            return sum;
    }

    static number rounding_of_sale(number given) {
        if constexpr (real)
            return rounding_of<Amount>(given < 0 ? -given : given);
        else
            return 0;
    }

    /// What is left for refunds of that sign, at least 0.
    static number left(line const& one, bool negative) {
        return std::max(number{}, negative ? one.left : -one.left);
    }

    static Amount made(number magnitude, bool negative) {
        if constexpr (real) {
            auto const most = double{std::numeric_limits<Amount>::max()};
            auto const part = static_cast<Amount>(std::min(magnitude, most));
            return negative ? 0 - part : part;
        } else {
            return units::make(static_cast<unit_type>(negative ? -magnitude : magnitude));
        }
    }

    /// Fills parts_ with the magnitudes of what every line gives back.
    void split(sale const& from, number wanted, bool negative, bool everything, double fraction) {
        parts_.clear();
        for (auto const i : from.lines)
            parts_.push_back(left(lines_[i], negative));
        if (everything)
            return;
        if constexpr (real) {
            for (std::size_t i = 0; i < parts_.size(); ++i)
                parts_[i] =
                    std::min(parts_[i], nearest_multiple(parts_[i] * fraction,
                                                         last_digit(lines_[from.lines[i]].given)));
        } else {
            weights_.clear();
            for (auto const& part : parts_) {
                if (!representable<std::uint64_t>(part))
                    throw std::overflow_error{"take_back: the credits of a refunded sale do not "
                                              "fit into the amount's type"};
                weights_.push_back(static_cast<std::uint64_t>(part));
            }
            splitter_.weigh_units(weights_);
            std::vector<unit_type> taken(parts_.size(), unit_type{});
            splitter_.split(static_cast<unit_type>(negative ? -wanted : wanted), std::span{taken});
            for (std::size_t i = 0; i < parts_.size(); ++i)
                parts_[i] = negative ? -int128{taken[i]} : int128{taken[i]};
        }
    }

    static double share_part(line const& one, bool everything, double fraction) {
        auto const share = std::max(one.share_left, 0.0);
        if (everything)
            return share;
        auto const finest = std::max(take_apart(one.share_given).exponent, -62);  // as in a tally
        return std::min(share, nearest_multiple(share * fraction, finest));
    }

    /// The exponent of the last binary digit that the type keeps of this amount.
    static int last_digit(double amount) {
        using limits = std::numeric_limits<Amount>;
        return std::max(take_apart(amount).exponent + 53 - limits::digits,
                        limits::min_exponent - limits::digits);
    }

    std::vector<sale> sales_;
    std::vector<line> lines_;
    interner<std::array<std::size_t, 2>> places_;
    std::vector<number> parts_;
    std::vector<std::uint64_t> weights_;
    splitter splitter_;
};

}  // namespace attribution::detail
