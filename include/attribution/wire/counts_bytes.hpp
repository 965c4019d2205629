// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/noted_period_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>

#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

namespace attribution::inline v0_1 {

/// Counts that can be taken apart, to be written and read: learned counts, or sums of your own.
///
///   - `parts_type`: what they are made of: numbers, text, std::vector, std::tuple, ... of them, or
///     a record that lists its members by a static `members()`, a std::tuple of pointers to them;
///   - `take_apart() const`: these parts. Equal counts give equal parts, whatever the order of
///     adding;
///   - `merge_parts(parts)`: adds all parts or none; std::invalid_argument if no counting could
///     give such parts;
///   - `counted_by() const`: the rules by which they were counted. Counts by other rules cannot be
///     merged.
template <class Counts>
concept separable = requires(Counts counts, Counts const& known,
                             typename Counts::parts_type const& parts) {
    { known.take_apart() } -> std::same_as<typename Counts::parts_type>;
    { known.counted_by() } -> std::convertible_to<std::string>;
    counts.merge_parts(parts);
};

namespace detail {

template <class Counts>
description describe_counts(Counts const& counts, configuration const& how) {
    return {counts.counted_by(), form_name<typename Counts::parts_type>(), how};
}

}  // namespace detail

/// What `learn` has counted, as bytes. Equal counts give equal bytes, whatever the order and the
/// number of parts in which their paths were counted.
///
/// Complexity: O(s log s) for s states, hops or coalitions.
template <separable Counts>
[[nodiscard]] std::string to_bytes(Counts const& counts, configuration const& how) {
    detail::byte_writer body;
    detail::write(body, counts.take_apart());
    return detail::seal(detail::describe_counts(counts, how), body.bytes());
}

/// Merges what `to_bytes` made of other counts.
///
/// Errors:     partial_error; std::overflow_error if there are more paths, or touchpoints in them,
///             than 64 bits can count. The counts are unchanged then.
template <separable Counts>
void merge_bytes(Counts& into, std::string_view bytes, configuration const& how) {
    detail::byte_reader in{detail::unseal(detail::describe_counts(into, how), bytes)};
    auto const parts = detail::read<typename Counts::parts_type>(in);
    in.finish();
    try {
        into.merge_parts(parts);
    } catch (std::invalid_argument const& error) {
        throw partial_error{partial_failure::corrupt, error.what()};
    }
}

}  // namespace attribution
