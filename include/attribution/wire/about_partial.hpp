// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/part_names.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// What serialised results say about themselves: lines `name: value` for kind, types, model, policy
/// and everything else that must be equal if they are to be merged.
///
/// Errors:     partial_error if they are truncated, corrupt, or not serialised results.
[[nodiscard]] inline std::string about_partial(std::string_view bytes) {
    return std::string{detail::unsealed(bytes).about};
}

/// The configuration under which results were serialised, for merging others with them.
///
/// Errors:     as `about_partial`.
[[nodiscard]] inline configuration configuration_of(std::string_view bytes) {
    configuration how;
    for (auto& [name, value] : detail::description::parse(detail::unsealed(bytes).about)) {
        if (name == "model")
            how.model = std::move(value);
        else if (name == "policy")
            how.policy = std::move(value);
        else if (name == "grouping")
            how.grouping = std::move(value);
        else if (name != "kind" && name != "values" && name != "rounding" &&
                 name != detail::named_parts)
            how.more.emplace_back(std::move(name), std::move(value));
    }
    return how;
}

/// The hash of that description: equal if and only if results can be merged (except by an accident
/// of probability 2^-64).
[[nodiscard]] inline std::uint64_t configuration_hash(std::string_view bytes) {
    return stable_hash(detail::unsealed(bytes).about);
}

/// The names of the parts that serialised results are made of; none if they were written without.
///
/// Errors:     as `about_partial`.
[[nodiscard]] inline part_names part_names_of(std::string_view bytes) {
    auto const parts = detail::unsealed(bytes);
    for (auto const& [name, value] : detail::description::parse(parts.about))
        if (name == detail::named_parts) {
            detail::byte_reader in{parts.body};
            return part_names{detail::read_names(in)};
        }
    return {};
}

}  // namespace attribution
