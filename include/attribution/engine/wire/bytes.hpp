// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/wire/partial_error.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Writes values as bytes that mean the same on every machine: counts and whole numbers in groups
/// of seven bits, the lowest first (LEB128, zigzag if signed); floating-point numbers as the 64
/// bits of a double, the lowest byte first; text and sequences after their length.
class byte_writer {
  public:
    [[nodiscard]] std::string const& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

    void raw(std::string_view some) { bytes_ += some; }
    void fixed(std::uint64_t value, int width = 8) {
        for (int i = 0; i < width; ++i)
            bytes_ += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    }
    void count(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            bytes_ += static_cast<char>(static_cast<unsigned char>(value | 0x80));
        bytes_ += static_cast<char>(static_cast<unsigned char>(value));
    }
    void number(std::int64_t value) {
        auto const bits = static_cast<std::uint64_t>(value);
        count(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

  private:
    std::string bytes_;
};

/// Reads what `byte_writer` wrote, and never beyond the end.
class byte_reader {
  public:
    explicit byte_reader(std::string_view bytes) : left_{bytes} {}

    [[nodiscard]] std::size_t left() const { return left_.size(); }
    [[nodiscard]] std::string_view rest() const { return left_; }

    std::string_view raw(std::size_t size) {
        if (size > left_.size())
            throw partial_error{partial_failure::truncated,
                                "the bytes end in the middle of a value"};
        auto const some = left_.substr(0, size);
        left_.remove_prefix(size);
        return some;
    }
    std::uint64_t fixed(int width = 8) {
        std::uint64_t value = 0;
        int shift = 0;
        for (char const byte : raw(static_cast<std::size_t>(width))) {
            value |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
            shift += 8;
        }
        return value;
    }
    std::uint64_t count() {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            auto const group = std::uint64_t{static_cast<unsigned char>(raw(1).front())};
            if (shift == 63 && group > 1)
                refuse("a number has too many digits");
            if (shift != 0 && group == 0)
                refuse("a number has leading zeros");
            value |= (group & 0x7f) << shift;
            if (group < 0x80)
                return value;
        }
    }
    std::int64_t number() {
        auto const bits = count();
        return static_cast<std::int64_t>(bits >> 1 ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
    }
    /// The number of elements that follow: never more than there are bytes left.
    std::size_t size() {
        auto const many = count();
        if (many > left_.size())
            throw partial_error{partial_failure::truncated,
                                "the bytes end in the middle of a list"};
        return static_cast<std::size_t>(many);
    }
    void finish() const {
        if (!left_.empty())
            refuse("there are bytes after the last value");
    }

    [[noreturn]] static void refuse(char const* what) {
        throw partial_error{partial_failure::corrupt, what};
    }

  private:
    std::string_view left_;
};

/// How values of a type are written and read, and the name of the type in a description.
template <class T>
struct byte_form {
    static_assert(
        !std::same_as<T, T>,
        "attribution: there is no serialised form of this type; use numbers, text, enumerations, "
        "time points, money, std::optional, std::tuple, std::pair or std::vector of them, or say "
        "with members(&record::a, &record::b, ...), or a static members() of its own, what a "
        "record "
        "consists of");
};

template <class T>
void write(byte_writer& out, T const& value) {
    byte_form<T>::write(out, value);
}
template <class T>
T read(byte_reader& in) {
    return byte_form<T>::read(in);
}
template <class T>
std::string form_name() {
    return byte_form<T>::name();
}

/// One byte, whether or not the machine's char is signed.
template <>
struct byte_form<char> {
    static std::string name() { return "char"; }
    static void write(byte_writer& out, char value) { out.raw({&value, 1}); }
    static char read(byte_reader& in) { return in.raw(1).front(); }
};

template <std::integral T>
    requires(!std::same_as<T, int128>)
struct byte_form<T> {
    static std::string name() {
        return (std::same_as<T, bool>     ? "bool"
                : std::signed_integral<T> ? "int"
                                          : "uint") +
               (std::same_as<T, bool> ? std::string{} : std::to_string(8 * sizeof(T)));
    }
    static void write(byte_writer& out, T value) {
        if constexpr (std::signed_integral<T>)
            out.number(value);
        else
            out.count(value);
    }
    static T read(byte_reader& in) {
        auto const value = [&] {
            if constexpr (std::signed_integral<T>)
                return in.number();
            else
                return in.count();
        }();
        if (!representable<T>(int128{value}))
            byte_reader::refuse("a number does not fit into its type");
        return static_cast<T>(value);
    }
};

/// Is every number of its underlying type a value of the enumeration?
template <class T>
inline constexpr bool has_fixed_type = requires {
    T{0};
};

/// Any number of the underlying type may come: one that no enumerator names is still a value.
template <class T>
    requires std::is_enum_v<T>
struct byte_form<T> {
    static_assert(has_fixed_type<T>,
                  "attribution: bytes may hold numbers that no enumeration without a fixed type "
                  "can have; declare it with one, such as enum kind : int, or as an enum class");
    using number = byte_form<std::underlying_type_t<T>>;
    static std::string name() { return number::name(); }
    static void write(byte_writer& out, T value) {
        number::write(out, static_cast<std::underlying_type_t<T>>(value));
    }
    static T read(byte_reader& in) { return static_cast<T>(number::read(in)); }
};

template <>
struct byte_form<int128> {
    static std::string name() { return "int128"; }
    static void write(byte_writer& out, int128 value) {
        out.fixed(static_cast<std::uint64_t>(value));
        out.fixed(static_cast<std::uint64_t>(value >> 64));
    }
    static int128 read(byte_reader& in) {
        auto const low = in.fixed();
        auto const high = in.fixed();
        return static_cast<int128>(uint128{high} << 64 | low);
    }
};

template <std::floating_point T>
    requires(sizeof(T) <= 8)
struct byte_form<T> {
    static std::string name() { return sizeof(T) == 8 ? "double" : "float"; }
    static void write(byte_writer& out, T value) {
        out.fixed(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
    }
    static T read(byte_reader& in) {
        auto const bits = in.fixed();
        auto const read = std::bit_cast<double>(bits);
        if (is_finite(read) && (read > double{std::numeric_limits<T>::max()} ||
                                read < double{std::numeric_limits<T>::lowest()}))
            byte_reader::refuse("a number does not fit into its type");
        auto const value = static_cast<T>(read);
        if (std::bit_cast<std::uint64_t>(static_cast<double>(value)) != bits)
            byte_reader::refuse("a number has more digits than its type");
        return value;
    }
};

template <class T>
    requires(is_time_point<T> || is_duration<T>)
struct byte_form<T> {
    using rep = typename measure<T>::rep;
    static std::string name() {
        return std::string{is_time_point<T> ? "time" : "duration"} + " of " +
               std::to_string(measure<T>::period::num) + '/' +
               std::to_string(measure<T>::period::den) + " s in " + byte_form<rep>::name();
    }
    static void write(byte_writer& out, T value) {
        byte_form<rep>::write(out, measure<T>::count(value));
    }
    static T read(byte_reader& in) { return measure<T>::make(byte_form<rep>::read(in)); }
};

template <unit_amount T>
struct byte_form<T> {
    using units = typename T::units_type;
    static std::string name() { return "units of " + byte_form<units>::name(); }
    static void write(byte_writer& out, T const& value) {
        byte_form<units>::write(out, value.units());
    }
    static T read(byte_reader& in) { return T::from_units(byte_form<units>::read(in)); }
};

template <>
struct byte_form<std::string> {
    static std::string name() { return "text"; }
    static void write(byte_writer& out, std::string_view value) {
        out.count(value.size());
        out.raw(value);
    }
    static std::string read(byte_reader& in) { return std::string{in.raw(in.size())}; }
};

template <class T>
    requires(may_be_empty<T> && !reads_as_text<T>)
struct byte_form<T> {
    using value_type = value_type_in<T>;
    static std::string name() { return "optional " + byte_form<value_type>::name(); }
    static void write(byte_writer& out, T const& value) {
        out.count(value.has_value() ? 1 : 0);
        if (value.has_value())
            byte_form<value_type>::write(out, *value);
    }
    static T read(byte_reader& in) {
        auto const present = in.count();
        if (present > 1)
            byte_reader::refuse("an optional value is neither present nor missing");
        return present == 0 ? T{} : T{byte_form<value_type>::read(in)};
    }
};

template <class T>
    requires is_product<T>
struct byte_form<T> {
    static std::string name() {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            std::string names;
            ((names += (I == 0 ? "(" : ", ") + form_name<std::tuple_element_t<I, T>>()), ...);
            return names + ')';
        }
        (std::make_index_sequence<std::tuple_size_v<T>>{});
    }
    static void write(byte_writer& out, T const& value) {
        std::apply([&](auto const&... element) { (detail::write(out, element), ...); }, value);
    }
    static T read(byte_reader& in) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return T{detail::read<std::tuple_element_t<I, T>>(in)...};  // braces keep the order
        }
        (std::make_index_sequence<std::tuple_size_v<T>>{});
    }
};

/// A record that lists its members: `static members()` gives a std::tuple of pointers to them, in
/// the order in which they are written. A record may also name itself in a description by `static
/// kind(name_of)`, where name_of(std::type_identity<T>{}) is the name of T.
template <class T>
concept says_members = requires {
    requires is_product<std::remove_cvref_t<decltype(T::members())>>;
};

template <says_members T>
struct byte_form<T> {
    static std::string name() {
        if constexpr (requires { T::kind(name_of{}); }) {
            return T::kind(name_of{});
        } else {
            std::string names;
            std::apply(
                [&](auto... pointer) {
                    ((names +=
                      (names.empty() ? "" : ", ") + form_name<type_of<decltype(pointer)>>()),
                     ...);
                },
                T::members());
            return '{' + names + '}';
        }
    }
    static void write(byte_writer& out, T const& record) {
        std::apply([&](auto... pointer) { (detail::write(out, record.*pointer), ...); },
                   T::members());
    }
    static T read(byte_reader& in) {
        T record{};
        std::apply(
            [&](auto... pointer) {
                ((record.*pointer = detail::read<type_of<decltype(pointer)>>(in)), ...);
            },
            T::members());
        return record;
    }

  private:
    struct name_of {
        template <class Other>
        std::string operator()(std::type_identity<Other>) const {
            return form_name<Other>();
        }
    };
    template <class Pointer>
    using type_of =
        std::remove_cvref_t<decltype(std::declval<T&>().*std::declval<Pointer const&>())>;
};

template <class T>
struct byte_form<std::vector<T>> {
    static std::string name() { return "list of " + byte_form<T>::name(); }
    static void write(byte_writer& out, std::vector<T> const& values) {
        out.count(values.size());
        for (auto const& value : values)
            byte_form<T>::write(out, value);
    }
    static std::vector<T> read(byte_reader& in) {
        auto const size = in.size();
        std::vector<T> values;
        // Not reserved: a forged size must not take memory beyond the bytes that are there.
        for (std::size_t i = 0; i < size; ++i)
            values.push_back(byte_form<T>::read(in));  // NOLINT(*-inefficient-vector-operation)
        return values;
    }
};

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
