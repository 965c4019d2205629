// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/counts_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>

#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

namespace attribution {

namespace detail {

/// Learned counts that can be taken apart, as those of `markov` and `shapley`.
template <class Counts>
concept separable_counts = learned_counts<Counts> &&
    requires(Counts counts, Counts const& known, typename Counts::parts_type const& parts) {
    { known.take_apart() } -> std::same_as<typename Counts::parts_type>;
    { known.counted_by() } -> std::convertible_to<std::string>;
    counts.merge_parts(parts);
};

template <class Counts>
description describe_counts(Counts const& counts, configuration const& how) {
    return {counts.counted_by(), form_name<typename Counts::parts_type>(), how};
}

}  // namespace detail

/// What `learn` has counted, as bytes. Equal counts give equal bytes, in whatever order and in
/// however many parts their paths were counted.
///
/// Complexity: O(s log s) for s states, hops or coalitions.
template <detail::separable_counts Counts>
[[nodiscard]] std::string to_bytes(Counts const& counts, configuration const& how) {
    detail::byte_writer body;
    detail::write(body, counts.take_apart());
    return detail::seal(detail::describe_counts(counts, how), body.bytes());
}

/// Merges what `to_bytes` made of other counts.
///
/// Errors:     partial_error; std::overflow_error if there are more paths, or touchpoints in them,
///             than 64 bits count. The counts are then as before.
template <detail::separable_counts Counts>
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
