// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/print/text_line.hpp>
#include <attribution/engine/print/wording.hpp>

#include <ostream>

namespace attribution::inline v0_1 {

/// Prints what the library gives: credits, ledgers, steps, paths, reports and their rows, audits, refunds,
/// what learned models found, what a desk has seen, and amounts of money. (Findings and model cards have
/// a << of their own.)
///
/// Shape:      one thing is `name value, name value`; a table has a line for each row, which begins with
///             its key, and ends with a line break. For reading, not for parsing: the words may change.
/// Units:      numbers are the shortest that read back the same, whatever the stream's precision;
///             instants of the system clock are dates in UTC; money is its units.
/// Edges:      an empty key is `(none)`, value that nobody earned `(unattributed)`. A key of your own type
///             is printed by its own <<; an enumerator without one is a number, any other key `{?}`.
/// Errors:     those of the keys' <<.
/// Complexity: linear in what is printed.
template <class Result>
requires detail::worded<Result> std::ostream& operator<<(std::ostream& out, Result const& result) {
    detail::text_line line{out};
    detail::wording<Result>::of(line, result);
    return out;
}

}  // namespace attribution
