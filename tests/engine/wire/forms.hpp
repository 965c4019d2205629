// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "wire/support.hpp"

#include <attribution/engine/wire/bytes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

namespace support {

template <class T>
std::string bytes_of(T const& value) {
    attribution::detail::byte_writer out;
    attribution::detail::write(out, value);
    return out.take();
}
template <class T>
T value_of(std::string const& bytes) {
    attribution::detail::byte_reader in{bytes};
    auto value = attribution::detail::read<T>(in);
    in.finish();
    return value;
}
template <class T>
void goes_and_comes(T const& value) {
    auto const bytes = bytes_of(value);
    CHECK(value_of<T>(bytes) == value);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(failure_of([&] { (void)value_of<T>(bytes.substr(0, size)); }));
}

/// These bytes are no value of that type, and are refused as such.
template <class T>
void is_corrupt(std::string const& bytes) {
    CHECK(failure_of([&] { (void)value_of<T>(bytes); }) == attribution::partial_failure::corrupt);
}

}  // namespace support
