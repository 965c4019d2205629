// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/wire/byte_form.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

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

}  // namespace attribution::detail
