// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/law.hpp"
#include "support/random.hpp"

#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <string>

namespace support {

inline std::optional<attribution::partial_failure> failure_of(auto&& use) {
    try {
        use();
        return std::nullopt;
    } catch (attribution::partial_error const& error) {
        return error.reason();
    }
}

/// Every cut and every flipped bit of sealed bytes must be refused by `use`.
void refuses_all_damage(std::string const& bytes, auto&& use) {
    for (std::size_t size = 0; size < bytes.size(); ++size)
        if (!failure_of([&] { use(bytes.substr(0, size)); }))
            FAIL("accepted when cut to " << size << " of " << bytes.size());
    for (std::size_t place = 0; place < bytes.size(); ++place)
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ (1 << bit));
            if (!failure_of([&] { use(damaged); }))
                FAIL("accepted with bit " << bit << " of byte " << place << " flipped");
        }
    CHECK(failure_of([&] { use(bytes + '\0'); }) == attribution::partial_failure::corrupt);
    CHECK(failure_of([&] { use("channel,amount\nsearch,5\n"); }) ==
          attribution::partial_failure::not_a_partial);
}

/// Bytes of `full` with some changed, under good checksums, merged into `empty`: they are refused
/// and it is still empty, or they are what it now writes, and it goes to `use`.
template <class Whole>
void accepts_only_what_it_writes(attribution::detail::description const& about,
                                 attribution::configuration const& how, Whole const& full,
                                 Whole const& empty, auto&& use) {
    using attribution::to_bytes, attribution::detail::seal;
    auto const body = std::string{attribution::detail::unseal(about, to_bytes(full, how))};
    random_numbers random{9};
    for (int i = 0; i < 2000; ++i) {
        auto damaged = body;
        for (auto n = 1 + random.below(3); n > 0; --n)
            damaged[random.below(damaged.size())] =
                static_cast<char>(random.chance(2) ? random.below(3) : random.bits() % 256);
        if (random.chance(4))
            damaged.resize(random.below(damaged.size()));
        auto const bytes = seal(about, damaged);
        auto into = empty;
        auto const fault = failure_of([&] { attribution::merge_bytes(into, bytes, how); });
        if (to_bytes(into, how) != (fault ? to_bytes(empty, how) : bytes))
            broken(fault ? "changed by what was refused" : "accepted what is never written");
        if (!fault)
            use(into);
    }
}

}  // namespace support
