// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1::detail {

/// How a result is sent and merged, for each kind of result that can be:
///
///   - `describe(result, how)`: the description; what has another one cannot be merged;
///   - `write(out, result)`: equal bytes for equal results;
///   - `read(in)`: the parts that were written; partial_error if no result has such parts;
///   - `merge(into, parts)`: all of the parts or none.
template <class Result>
struct partial_form;

template <class Result>
concept has_partial_form = requires {
    sizeof(partial_form<Result>);
};

template <class Result>
constexpr void check_partial() {
    static_assert(has_partial_form<Result>,
                  "attribution: to_bytes and merge_bytes take what by(...).bind(...) gives, what "
                  "learn(...) has counted, findings, and sums of your own that are separable");
}

}  // namespace attribution::detail
