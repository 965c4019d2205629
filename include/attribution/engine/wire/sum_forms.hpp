// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/wire/number_forms.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace attribution::inline v0_1::detail {

/// Only the digits from the first to the last that are not 0.
template <>
struct byte_form<exact_sum> {
    static void write(byte_writer& out, exact_sum const& sum) {
        auto const digits = sum.digits();
        std::size_t first = 0;
        auto last = digits.size();
        while (first < last && digits[first] == 0)
            ++first;
        while (last > first && digits[last - 1] == 0)
            --last;
        out.count(first == last ? 0 : first);
        out.count(last - first);
        for (auto i = first; i < last; ++i)
            out.number(digits[i]);
    }
    static exact_sum read(byte_reader& in) {
        exact_sum::digits_type digits{};
        auto const first = in.count();
        auto const size = in.count();
        if (first > digits.size() || size > digits.size() - first || (size == 0 && first != 0))
            byte_reader::refuse("an exact sum has digits at an impossible place");
        for (std::uint64_t i = 0; i < size; ++i) {
            auto const digit = in.number();
            auto const place = static_cast<std::size_t>(first + i);
            constexpr std::int64_t top_limit = std::int64_t{1} << 31;
            bool const top = place + 1 == digits.size();
            if (digit >= (top ? top_limit : std::int64_t{1} << 32) ||
                digit < (top ? -top_limit : 0) || (digit == 0 && (i == 0 || i + 1 == size)))
                byte_reader::refuse("an exact sum has a digit outside of its range");
            digits[place] = digit;
        }
        return exact_sum::from_digits(digits);
    }
};

template <amount Amount>
struct byte_form<running_total<Amount>> {
    using sum_type = typename running_total<Amount>::sum_type;
    static std::string name() { return "sum of " + byte_form<Amount>::name(); }
    static void write(byte_writer& out, running_total<Amount> const& total) {
        byte_form<sum_type>::write(out, total.sum());
    }
    static running_total<Amount> read(byte_reader& in) {
        auto const sum = byte_form<sum_type>::read(in);
        if constexpr (!std::floating_point<Amount>) {
            // More than 2^48 amounts of 64 bits: merging thousands of such sums cannot overflow.
            constexpr int128 most = int128{1} << 112;
            if (sum > most || sum < -most)
                byte_reader::refuse("a sum is too large");
        }
        return running_total<Amount>::from_sum(sum);
    }
};

/// Can this sum be made of that many amounts?
template <amount Amount>
constexpr bool made_of(running_total<Amount> const& total, std::size_t amounts) {
    auto const many = static_cast<int128>(amounts);
    if constexpr (std::floating_point<Amount>) {
        // How many times 2^1024 the sum is, rounded down: beyond the bits of any double.
        auto const digits = total.sum().digits();
        constexpr std::size_t first = (1024 + 1074) / 32;
        constexpr int within = (1024 + 1074) % 32;
        auto const sign = digits.back();
        if ((sign != 0 && sign != -1) || digits[first + 3] != (sign & 0xffff'ffff))
            return false;
        auto const wholes = (int128{sign} * (int128{1} << 96)) + (int128{digits[first + 2]} << 64) +
                            (int128{digits[first + 1]} << 32) + digits[first];
        auto const times = wholes >> within;
        return times >= -many && times < std::max(many, int128{1});
    } else {
        using limits = std::numeric_limits<typename units_of<Amount>::type>;
        return total.sum() >= many * limits::min() && total.sum() <= many * limits::max();
    }
}

template <amount Amount>
struct byte_form<tally<Amount>> {
    static std::string name() { return "tally of " + byte_form<Amount>::name(); }
    static void write(byte_writer& out, tally<Amount> const& whole) {
        auto const parts = whole.take_apart();
        detail::write(out, parts.amount);
        detail::write(out, parts.shares);
        out.count(parts.credits);
    }
    static tally<Amount> read(byte_reader& in) {
        typename tally<Amount>::parts parts;
        parts.amount = detail::read<running_total<Amount>>(in);
        parts.shares = detail::read<int128>(in);
        parts.credits = detail::read<std::size_t>(in);
        if (parts.credits > tally<Amount>::most_credits)
            byte_reader::refuse("a tally has more credits than there can be");
        auto const whole = static_cast<int128>(parts.credits) << 62;
        if (parts.shares > whole || parts.shares < -whole)  // below 0 where more was taken back
            byte_reader::refuse("a tally has conversions that its credits cannot make");
        if (!made_of(parts.amount, parts.credits) ||
            (parts.credits == 0 && !parts.amount.is_zero()))
            byte_reader::refuse("a tally has an amount that its credits cannot make");
        return tally<Amount>::from_parts(parts);
    }
};

}  // namespace attribution::detail
