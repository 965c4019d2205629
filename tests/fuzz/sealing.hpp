// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fuzz/fuzzing.hpp"

#include <attribution/engine/wire/byte_writer.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fuzzing {

/// Bytes with good lengths and checksums, whatever is in them: otherwise no mutation would ever get
/// past the checksums.
inline std::string sealed(std::string_view about, std::string_view body) {
    namespace detail = attribution::detail;
    detail::byte_writer out;
    out.raw(detail::sealed_magic);
    out.fixed(detail::sealed_version, 4);
    out.fixed(about.size(), 4);
    out.raw(about);
    out.fixed(attribution::stable_hash(about));
    out.fixed(body.size());
    out.raw(body);
    out.fixed(detail::checksum(out.bytes()));
    return out.take();
}

/// The text with some changes: the input says where and which.
inline std::string edited(std::string text, input& in) {
    for (auto edits = 1 + in.below(8); edits > 0 && !in.empty(); --edits) {
        auto const place = in.below(65'536) % (text.size() + 1);
        switch (in.below(4)) {
        case 0:
            text.insert(place, 1, static_cast<char>(in.byte()));
            break;
        case 1:
            text.erase(place, in.below(16));
            break;
        case 2:
            text.insert(place, text.substr(in.below(65'536) % (text.size() + 1), in.below(64)));
            break;
        default:
            if (place < text.size())
                text[place] = static_cast<char>(in.byte());
        }
    }
    return text;
}

}  // namespace fuzzing
