// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/wire/number_forms.hpp>
#include <attribution/engine/wire/words.hpp>
#include <attribution/numeric/compact_sum.hpp>
#include <attribution/numeric/counted_units.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1::detail {

/// A sum of doubles, whatever it is kept in: twice the number of the bytes of its magnitude, and one more if
/// it is negative; where they begin; these bytes, the lowest first, of which neither the first nor the last
/// is 0. Byte 0 begins at 2^-1076, so that one begins at 2^-76.
struct sum_bytes {
    static constexpr std::size_t units_begin = 125;  // those of 2^-76
    static constexpr std::size_t digits_end = 4 * std::tuple_size_v<exact_sum::digits_type> + 1;
    static constexpr std::size_t most = 270;  // 2^60 of the largest doubles have no more

    bool negative;
    std::size_t first;
    std::string_view all;  // none if the sum is 0

    void write(byte_writer& out) const {
        out.count(2 * all.size() + (negative ? 1 : 0));
        if (all.empty())
            return;
        out.count(first);
        out.raw(all);
    }
    static sum_bytes read(byte_reader& in) {
        auto const sign_and_size = in.count();
        if (sign_and_size == 0)
            return {false, 0, {}};
        auto const size = sign_and_size / 2;
        if (size == 0)
            byte_reader::refuse("an exact sum is 0 and has a sign");
        auto const first = in.count();
        if (size > most || first > most - size)
            byte_reader::refuse("an exact sum has digits at an impossible place");
        auto const all = in.raw(static_cast<std::size_t>(size));
        if (all.front() == 0 || all.back() == 0 || (first == 0 && (all.front() & 3) != 0))
            byte_reader::refuse("an exact sum has a digit outside of its range");
        return {sign_and_size % 2 != 0, static_cast<std::size_t>(first), all};
    }
};

template <>
struct byte_form<exact_sum> {
    static void write(byte_writer& out, exact_sum const& sum) {
        auto const digits = sum.digits();
        bool const negative = digits.back() < 0;
        std::array<char, sum_bytes::digits_end> bytes{};
        std::uint64_t carried = negative ? 4 : 0;  // of minus one digit, the complement and one
        std::size_t place = 0;
        for (auto const digit : digits) {
            auto const own = static_cast<std::uint64_t>(negative ? ~digit : digit);
            auto const sums = ((own & 0xffff'ffff) << 2) + carried;  // from 2^-1074 to 2^-1076
            auto const some = detail::bytes_of_word(sums);
            std::copy_n(some.begin(), 4, bytes.data() + place);
            carried = sums >> 32;
            place += 4;
        }
        bytes[place] = static_cast<char>(static_cast<unsigned char>(carried));
        std::string_view all{bytes.data(), bytes.size()};
        all = all.substr(0, all.find_last_not_of('\0') + 1);
        auto const first = std::min(all.find_first_not_of('\0'), all.size());
        sum_bytes{negative, first, all.substr(first)}.write(out);
    }
    static exact_sum read(byte_reader& in) { return from(sum_bytes::read(in)); }

    static exact_sum from(sum_bytes const& known) {
        std::array<char, sum_bytes::digits_end + 3> bytes{};
        std::copy(known.all.begin(), known.all.end(), bytes.data() + known.first);
        exact_sum::digits_type digits{};
        std::size_t place = 0;
        std::int64_t carried = known.negative ? 1 : 0;
        for (auto& digit : digits) {
            auto const word = detail::word_of({bytes.data() + place, 5});
            digit = static_cast<std::int64_t>(word >> 2 & 0xffff'ffff);
            if (known.negative) {
                digit = (~digit & 0xffff'ffff) + carried;
                carried = digit >> 32;
                digit &= 0xffff'ffff;
            }
            place += 4;
        }
        if (known.negative)
            digits.back() -= std::int64_t{1} << 32;
        return exact_sum::from_digits(digits);
    }
};

/// Without the count, which stands elsewhere.
template <>
struct byte_form<compact_sum> {
    static void write(byte_writer& out, compact_sum const& sum) {
        if (!sum.whole()) {
            byte_form<exact_sum>::write(out, sum.exact());
            return;
        }
        auto const units = sum.units();
        auto const size = static_cast<uint128>(units < 0 ? -units : units);
        auto const low = static_cast<std::uint64_t>(size);
        auto const high = static_cast<std::uint64_t>(size >> 64);
        auto const first = static_cast<std::size_t>(
            (low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(high)) / 8);
        auto const end =
            static_cast<std::size_t>(
                (high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(low)) + 7) /
            8;
        std::array<char, 16> bytes{};
        std::copy_n(detail::bytes_of_word(low).data(), 8, bytes.data());
        std::copy_n(detail::bytes_of_word(high).data(), 8, bytes.data() + 8);
        std::string_view const all{bytes.data(), bytes.size()};
        sum_bytes{units < 0, sum_bytes::units_begin + first,
                  units == 0 ? std::string_view{} : all.substr(first, end - first)}
            .write(out);
    }
    static compact_sum read(byte_reader& in) {
        auto const known = sum_bytes::read(in);
        constexpr auto begin = sum_bytes::units_begin;
        constexpr std::size_t room = 15;  // of 16: no carry, no sign
        if (!known.all.empty() &&
            (known.first < begin || known.first + known.all.size() > begin + room))
            return compact_sum{byte_form<exact_sum>::from(known), 0};
        std::array<char, 16> bytes{};
        if (!known.all.empty())
            std::copy(known.all.begin(), known.all.end(), bytes.data() + (known.first - begin));
        auto const units =
            static_cast<int128>(uint128{detail::word_of({bytes.data() + 8, 8})} << 64 |
                                detail::word_of({bytes.data(), 8}));
        compact_sum sum;
        sum.add_units(known.negative ? -units : units, 0);
        return sum;
    }
};

template <>
struct byte_form<counted_units> {
    static void write(byte_writer& out, counted_units const& sum) {
        detail::write(out, sum.exact());
    }
    static counted_units read(byte_reader& in) { return {detail::read<int128>(in), 0}; }
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

/// Can this sum, which has been read, be made of that many amounts?
template <amount Amount>
constexpr bool made_of(typename tally<Amount>::sum_type const& sum, std::size_t amounts) {
    auto const many = static_cast<int128>(amounts);
    if constexpr (std::floating_point<Amount>) {
        if (sum.whole())
            return amounts != 0 || sum.units() == 0;
        // How many times 2^1024 the sum is, rounded down: beyond the bits of any double.
        auto const digits = sum.exact().digits();
        constexpr std::size_t first = (1024 + 1074) / 32;
        constexpr int within = (1024 + 1074) % 32;
        static_assert(8 * sum_bytes::most <= 32 * (first + 3), "all digits above are the sign");
        auto const wholes = (int128{digits.back()} * (int128{1} << 96)) +
                            (int128{digits[first + 2]} << 64) + (int128{digits[first + 1]} << 32) +
                            digits[first];
        auto const times = wholes >> within;
        return times >= -many && times < many;  // of no amounts, none
    } else {
        using limits = std::numeric_limits<typename units_of<Amount>::type>;
        return sum.exact() >= many * limits::min() && sum.exact() <= many * limits::max();
    }
}

template <amount Amount>
struct byte_form<tally<Amount>> {
    static std::string name() { return "tally of " + byte_form<Amount>::name(); }
    static void write(byte_writer& out, tally<Amount> const& whole) {
        detail::write(out, whole.sum());
        detail::write(out, whole.shares());
        out.count(whole.credits());
    }
    static tally<Amount> read(byte_reader& in) {
        auto sum = detail::read<typename tally<Amount>::sum_type>(in);
        auto const shares = detail::read<int128>(in);
        auto const credits = detail::read<std::size_t>(in);
        if (credits > tally<Amount>::most_credits)
            byte_reader::refuse("a tally has more credits than there can be");
        auto const whole = static_cast<int128>(credits) << 62;
        if (shares > whole || shares < -whole)  // below 0 where more was taken back
            byte_reader::refuse("a tally has conversions that its credits cannot make");
        if (!made_of<Amount>(sum, credits))
            byte_reader::refuse("a tally has an amount that its credits cannot make");
        sum.add_units(0, credits);
        return tally<Amount>::from_sum(std::move(sum), shares);
    }
};

}  // namespace attribution::detail
