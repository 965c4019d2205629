// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/partial/partial_error.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <string>

namespace support {

inline std::optional<attribution::partial_fault> fault_of(auto&& use) {
    try {
        use();
        return std::nullopt;
    } catch (attribution::partial_error const& error) {
        return error.fault();
    }
}

/// Every cut and every flipped bit of sealed bytes must be refused by `use`.
void refuses_all_damage(std::string const& bytes, auto&& use) {
    for (std::size_t size = 0; size < bytes.size(); ++size)
        if (!fault_of([&] { use(bytes.substr(0, size)); }))
            FAIL("accepted when cut to " << size << " of " << bytes.size());
    for (std::size_t place = 0; place < bytes.size(); ++place)
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ (1 << bit));
            if (!fault_of([&] { use(damaged); }))
                FAIL("accepted with bit " << bit << " of byte " << place << " flipped");
        }
    CHECK(fault_of([&] { use(bytes + '\0'); }) == attribution::partial_fault::corrupt);
    CHECK(fault_of([&] { use("channel,amount\nsearch,5\n"); }) ==
          attribution::partial_fault::not_a_partial);
}

}  // namespace support
