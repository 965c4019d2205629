// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1 {

/// A sink receives credits. Every callable that takes a `credit` is one; with several models it also
/// takes the number of the model. This is a sink that needs to know the records before it can take
/// credits, and gives a result at the end, such as `by(...)`.
///
/// If the result of `bind` can be copied and merged (`a.merge(b)`), it is treated as a commutative
/// monoid: `attribute` gives it credits in any order; with several threads it gives some credits to
/// copies and merges them.
///
/// It is given sums of many credits at once if it has all of these: `place_of(conversion row,
/// touchpoint row)`, the place where such credits are added up; `prefetch(touchpoint row)`;
/// `add(place, portion, model)` for a `portion` and for a `portion_sum`; and `by_touchpoint`, which
/// says whether the place depends on the touchpoint alone.
template <class Sink, class Conversions, class Touchpoints>
concept bindable_sink = requires(Sink const& sink, Conversions const& c, Touchpoints const& t) {
    sink.bind(c, t).finish();
};

}  // namespace attribution
