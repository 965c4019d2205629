// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/byte_writer.hpp>
#include <attribution/engine/wire/counts_form.hpp>
#include <attribution/engine/wire/findings_form.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/engine/wire/tally_form.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/part_names.hpp>

#include <string>

namespace attribution::inline v0_1 {

struct to_bytes_fn {
    /// A partial result as bytes, to be sent to another machine or kept for later.
    ///
    /// Shape:      a tally: what `by(...).bind(conversions, touchpoints)` gives, after credits were
    ///             added; counts: what `learn` gives; findings: what `validate` gives; sums of your
    ///             own that are `separable`.
    /// Returns:    equal bytes for equal results, whatever the order and partition of their
    ///             credits, paths or records.
    /// Errors:     std::invalid_argument if a name or value of the configuration does not fit into
    ///             a line.
    /// Complexity: O(g log g) for g groups of a tally; for s states, hops or coalitions of counts.
    /// Example:    examples/recipes/tally_on_two_machines.cpp
    template <class Result>
    [[nodiscard]] std::string operator()(Result const& result, configuration const& how) const {
        detail::check_partial<Result>();
        using form = detail::partial_form<Result>;
        return detail::sealed(form::describe(result, how),
                              [&](detail::byte_writer& out) { form::write(out, result); });
    }

    /// As above, with the names of the parts that the result is made of, such as a day, so that
    /// `merge_bytes` refuses what it has merged already.
    template <class Result>
    [[nodiscard]] std::string operator()(Result const& result, configuration const& how,
                                         part_names const& parts) const {
        detail::check_partial<Result>();
        using form = detail::partial_form<Result>;
        return detail::sealed(form::describe(result, detail::with_named_parts(how)),
                              [&](detail::byte_writer& out) {
                                  detail::write_names(out, parts);
                                  form::write(out, result);
                              });
    }
};

/// A partial result as bytes. The arguments are those of `to_bytes_fn`.
inline constexpr to_bytes_fn to_bytes{};

}  // namespace attribution
