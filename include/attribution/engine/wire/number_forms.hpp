// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/byte_form.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

namespace attribution::inline v0_1::detail {

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

}  // namespace attribution::detail
