// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>

namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool is_optional_text = false;
template <class T>
    requires(may_be_empty<T> && !reads_as_text<T>)
inline constexpr bool is_optional_text<T> = reads_as_text<value_type_in<T>>;

/// The type as which learned counts keep a channel: text is copied.
template <class T>
using kept_channel =
    std::conditional_t<reads_as_text<std::remove_cvref_t<T>>, std::string,
                       std::conditional_t<is_optional_text<std::remove_cvref_t<T>>,
                                          std::optional<std::string>, std::remove_cvref_t<T>>>;

/// The channel `seen` in that row, in the form in which it is looked up; it may refer to `seen`.
/// `what` names it in errors.
///
/// Errors:     std::domain_error if it is or holds a NaN, or is a null pointer to text.
template <class Probe, class Seen>
constexpr Probe channel_in(Seen const& seen, char const* what, std::size_t row) {
    return Probe(probe_of(as_group(seen, what, row)));
}

/// Is this how a channel that was learned is read off such a touchpoint?
template <class Probe, class Projection, class Touchpoint>
constexpr void check_reads_channel() {
    using record = std::remove_cvref_t<Touchpoint>;
    constexpr bool reads = [] {
        if constexpr (std::is_invocable_v<Projection const&, Touchpoint>) {
            using seen = std::remove_cvref_t<std::invoke_result_t<Projection const&, Touchpoint>>;
            return !std::is_same_v<seen, record> || std::is_constructible_v<Probe, seen const&>;
        }
        return false;
    }();
    static_assert(reads,
                  "attribution: this model was learned from counted paths, and cannot read a "
                  "channel off a touchpoint; give its estimator the projection: "
                  "markov(&touch::channel)");
}

/// The identity: for estimators that are only ever given aggregated paths.
struct no_projection {};

/// Can this be a projection of touchpoints? Numbers cannot, nor can the `Misplaced` types.
template <class T, class... Misplaced>
inline constexpr bool may_project = std::conjunction_v<
    std::disjunction<std::is_class<T>, std::is_pointer<T>, std::is_member_pointer<T>>,
    std::negation<std::is_same<T, Misplaced>>...>;

}  // namespace attribution::detail
