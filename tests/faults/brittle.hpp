// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "faults/failing.hpp"

#include <attribution/engine/wire/bytes.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace faults {

/// By what a brittle value can be found.
enum class found_by { hash_and_order, hash, order };

/// A value every operation of which may fail: to be copied, moved, assigned, compared and hashed. A
/// failed assignment leaves it without a value.
template <class T, found_by How = found_by::hash_and_order>
struct brittle {
    T value{};

    brittle() = default;
    brittle(T of) : value(std::move(of)) {}
    brittle(brittle const& other) : value(called(other.value)) {}
    brittle(brittle&& other) noexcept(false) : value(std::move(called(other.value))) {}
    brittle& operator=(brittle const& other) {
        if (this != &other) {
            value = T{};
            value = called(other.value);
        }
        return *this;
    }
    brittle& operator=(brittle&& other) noexcept(false) {
        if (this != &other) {
            value = T{};
            value = std::move(called(other.value));
        }
        return *this;
    }
    ~brittle() = default;

    friend bool operator==(brittle const& a, brittle const& b) {
        return called(a.value) == b.value;
    }
    friend auto operator<=>(brittle const& a, brittle const& b) requires(How != found_by::hash) {
        return called(a.value) <=> b.value;
    }

  private:
    template <class U>
    static U& called(U& of) {
        user_code();
        return of;
    }
};

}  // namespace faults

template <class T, faults::found_by How>
    requires(How != faults::found_by::order)
struct std::hash<faults::brittle<T, How>> {
    std::size_t operator()(faults::brittle<T, How> const& of) const {
        faults::user_code();
        return std::hash<T>{}(of.value);
    }
};

template <class T, faults::found_by How>
struct attribution::detail::byte_form<faults::brittle<T, How>> {
    static std::string name() { return form_name<T>(); }
    static void write(byte_writer& out, faults::brittle<T, How> const& of) {
        byte_form<T>::write(out, of.value);
    }
    static faults::brittle<T, How> read(byte_reader& in) { return byte_form<T>::read(in); }
};
