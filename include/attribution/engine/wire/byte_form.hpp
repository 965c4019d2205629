// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/byte_reader.hpp>
#include <attribution/engine/wire/byte_writer.hpp>

#include <concepts>
#include <string>

namespace attribution::inline v0_1::detail {

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

}  // namespace attribution::detail
