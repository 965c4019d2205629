// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/crediting.hpp>
#include <attribution/detail/threads.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/join.hpp>
#include <attribution/ledger.hpp>
#include <attribution/parallel.hpp>
#include <attribution/path.hpp>
#include <attribution/shape.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

template <class Journeys>
inline constexpr bool is_journeys = false;
template <class C, class T>
inline constexpr bool is_journeys<journeys<C, T>> = true;

/// One of them is enough: `join` says what is wrong with the other.
template <class A, class B>
concept are_records = is_conversion_records<A> || is_touchpoint_records<A> ||
    is_conversion_records<B> || is_touchpoint_records<B>;

template <class Journeys, class Policy>
constexpr void check_policy() {
    static_assert(policy<Policy>, "attribution: this is not a policy; wrap a predicate of a "
                                  "touchpoint in where(...)");
}

template <class Journeys, class Model>
constexpr void check_model() {
    static_assert(model<Model, typename Journeys::path_type>,
                  "attribution: this is not a model; a model is callable as (path, weights) and "
                  "writes one weight per touchpoint");
}

/// Do all models pick the touchpoint at one and the same end of the path?
template <class... Models>
inline constexpr bool same_end = false;
template <pick_model First, pick_model... Others>
inline constexpr bool same_end<First, Others...> = ((First::picks == Others::picks) && ...);

template <pick_model First, class... Others>
inline constexpr path_end end_of = First::picks;

/// Conversions whose values are read together and then credited: reading from many places costs
/// little when one place need not wait for the other. In the order of rows, each by itself, so that
/// what throws throws where it would.
template <class Found, class Journeys, class Credit>
class value_batch {
  public:
    constexpr value_batch(Journeys const& journeys, visiting order, Credit credit_one)
        : conversions_{&journeys.conversions()}, capacity_{order == visiting::by_row ? 1 : most},
          credit_(credit_one) {}

    constexpr void add(std::size_t row, Found const& found) {
        rows_[size_] = row;
        found_[size_] = found;
        if (++size_ == capacity_)
            flush();
    }

    constexpr void flush() {
        for (std::size_t i = 0; i < size_; ++i)
            values_[i] = conversions_->value(rows_[i]);
        for (std::size_t i = 0; i < size_; ++i)
            credit_(rows_[i], values_[i], found_[i]);
        size_ = 0;
    }

  private:
    static constexpr std::size_t most = 64;

    std::remove_cvref_t<decltype(std::declval<Journeys const&>().conversions())> const*
        conversions_;
    std::size_t capacity_;
    Credit credit_;
    std::size_t size_ = 0;
    std::array<std::size_t, most> rows_{};
    std::array<Found, most> found_{};
    std::array<typename Journeys::value_type, most> values_{};
};

template <class Found, class Journeys, class Credit>
constexpr auto valued_batch(Journeys const& journeys, visiting order, Credit credit_one) {
    return value_batch<Found, Journeys, Credit>{journeys, order, credit_one};
}

/// Credits the conversions at the positions [first, last) of an order by every model.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_each(visiting order, Journeys const& journeys, Policy const& p,
                           std::size_t first, std::size_t last, Receiver& receiver,
                           std::index_sequence<I...>, Models const&... models) {
    using amount_type = typename Journeys::value_type;
    using step_type = step<typename Journeys::anchor_type>;
    std::tuple<typename crediting_of<amount_type, Models>::type...> crediting{
        crediting_of<amount_type, Models>::make(models)...};
    auto const row_at = [&](std::size_t position) { return journeys.row_at(position); };
    auto const by_shape = [&](auto& how, std::size_t length, std::size_t row, auto const& value,
                              std::size_t model, auto give) {
        check_value(row, value);
        if (!how(length, value, give))
            receiver.one(credit<amount_type>{row, no_row, value, 1.0}, model);
    };
    if constexpr (only_window<Policy, step_type> && same_end<Models...>) {
        auto batch = valued_batch<std::size_t>(
            journeys, order,
            [&](std::size_t row, amount_type const& value, std::size_t touchpoint) {
                check_value(row, value);
                credit<amount_type> const earned{row, touchpoint, value, 1.0};
                (receiver.one(earned, I), ...);
            });
        journeys.template for_each_end<end_of<Models...>>(
            order, p, first, last,
            [&](auto const& about, std::size_t touchpoint) { batch.add(about.row(), touchpoint); });
        batch.flush();
    } else if constexpr (only_window<Policy, step_type> && (shape_model<Models> && ...)) {
        auto batch = valued_batch<stretch>(
            journeys, order, [&](std::size_t row, amount_type const& value, stretch found) {
                (by_shape(std::get<I>(crediting), found.size(), row, value, I,
                          [&](equal_credits<amount_type> const& all) {
                              receiver.equal_at(found.first, row, all, row_at, I);
                          }),
                 ...);
            });
        journeys.for_each_stretch(order, p, first, last, [&](auto const& about, stretch found) {
            batch.add(about.row(), found);
        });
        batch.flush();
    } else {
        journeys.for_each_path(order, p, first, last, [&](auto const& steps) {
            auto const row = steps.about().row();
            auto const value = journeys.conversions().value(row);
            receiver.begin(steps.size());
            auto const credit_by = [&](auto& how, auto const& m, std::size_t model) {
                if constexpr (shape_model<std::remove_cvref_t<decltype(m)>>)
                    by_shape(how, steps.size(), row, value, model,
                             [&](equal_credits<amount_type> const& all) {
                                 receiver.equal(
                                     row, all, [&](std::size_t i) { return steps[i].row(); },
                                     model);
                             });
                else
                    how(steps, value, m, [&](credit<amount_type> const& earned, std::size_t i) {
                        if (i == no_row)
                            receiver.one(earned, model);
                        else
                            receiver.step(i, earned, model);
                    });
            };
            (credit_by(std::get<I>(crediting), models, I), ...);
        });
    }
    receiver.finish(row_at);
}

/// How many parts to cut the conversions into, so that a thread that is done early finds more.
constexpr std::size_t parts_for(std::size_t conversions, std::size_t threads) {
    constexpr std::size_t parts_per_thread = 16;
    if (threads == 1 || conversions == 0)
        return conversions == 0 ? 0 : 1;
    return std::min(conversions, threads * parts_per_thread);
}

constexpr std::size_t part_begin(std::size_t conversions, std::size_t parts, std::size_t part) {
    return conversions / parts * part + std::min(part, conversions % parts);
}

/// A bound sink whose result does not depend on the order of the credits: they can be added up
/// where they are earned, and the sums merged.
template <class Bound>
concept mergeable = std::copy_constructible<Bound> && requires(Bound& bound, Bound const& other) {
    bound.merge(other);
};

template <class Amount, std::size_t Models, class Bound>
constexpr auto receiver_for(Bound& bound) {
    if constexpr (takes_portions<Bound>)
        return tallied_credits<Amount, Bound, Models>{bound};
    else
        return single_credits<Amount, Bound>{bound};
}

/// Adds up the credits of all models in `bound`, an identity to begin with.
template <class Journeys, class Policy, mergeable Bound, class... Models>
constexpr void tally_all(parallel how, Journeys const& journeys, Policy const& p, Bound& bound,
                         Models const&... models) {
    using amount_type = typename Journeys::value_type;
    constexpr std::index_sequence_for<Models...> indices{};
    auto const count = journeys.conversions().size();
    auto const parts = parts_for(count, how.threads());
    std::vector<Bound> own(std::min(parts, how.threads()), bound);
    try {
        for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t thread) {
            auto receiver = receiver_for<amount_type, sizeof...(Models)>(own[thread]);
            credit_each(visiting::by_customer, journeys, p, part_begin(count, parts, part),
                        part_begin(count, parts, part + 1), receiver, indices, models...);
        });
    } catch (...) {
        // Which conversion fails first depends on the order; let it be that of the rows.
        auto again = bound;
        auto receiver = receiver_for<amount_type, sizeof...(Models)>(again);
        credit_each(visiting::by_row, journeys, p, 0, count, receiver, indices, models...);
        throw;
    }
    for (auto const& one : own)
        bound.merge(one);
}

}  // namespace detail

/// Splits every conversion's value among the touchpoints that may earn it, and hands each credit to
/// the sink.
///
/// Shape:      credits come conversion by conversion in the order of their rows, each conversion's
///             in the order (time, row) of its path. Touchpoints with weight 0 get no credit. A
///             conversion nobody earned gives one unattributed credit.
/// Sink:       any callable that takes a `credit`; or `by(...)`, which adds up and is returned as a
///             report.
/// Threads:    `attribute(parallel{n}, ...)`: the same bytes, of sinks that add up and of ledgers.
/// Errors:     std::domain_error if a weight is negative, NaN or infinite (naming conversion and
///             touchpoint) or a floating value is not finite, of the first row that has such;
///             whatever the sink, a projection, a policy or the model throws. Credits handed out
///             before stay handed out.
/// Complexity: the join's path look-up, the model's work, O(n) per path; buffers are reused. Under
///             a policy that is nothing but a window, models that have a `shape` take O(1) per
///             path and O(1) per credit; into `by(...)` of touchpoints they take O(1) per path and
///             touchpoint, however many windows overlap.
template <class Journeys, class Model, class Policy, class Sink>
    requires detail::is_journeys<Journeys>
constexpr auto attribute(parallel how, Journeys const& journeys, Model const& m, Policy const& p,
                         Sink&& sink) {
    detail::check_policy<Journeys, Policy>();
    detail::check_model<Journeys, Model>();
    using amount_type = typename Journeys::value_type;
    using conversion_records = std::remove_cvref_t<decltype(journeys.conversions())>;
    using touchpoint_records = std::remove_cvref_t<decltype(journeys.touchpoints())>;
    auto const in_order = [&](auto& receive) {
        if (how.threads() != 1)
            throw std::invalid_argument{
                "attribute: a sink that takes credits one by one takes them in their order, on one "
                "thread; add up with by(...), or attribute into a ledger first"};
        auto receiver =
            detail::single_credits<amount_type, std::remove_reference_t<decltype(receive)>>{
                receive};
        detail::credit_each(detail::visiting::by_row, journeys, p, 0, journeys.conversions().size(),
                            receiver, std::index_sequence<0>{}, m);
    };
    if constexpr (bindable_sink<Sink, conversion_records, touchpoint_records>) {
        auto bound = sink.bind(journeys.conversions(), journeys.touchpoints());
        if constexpr (detail::mergeable<decltype(bound)>)
            detail::tally_all(how, journeys, p, bound, m);
        else
            in_order(bound);
        return bound.finish();
    } else {
        static_assert(std::invocable<Sink&, credit<amount_type> const&>,
                      "attribution: a sink must be callable with a credit, or be by(...)");
        in_order(sink);
    }
}

/// As above, on one thread.
template <class Journeys, class Model, class Policy, class Sink>
    requires detail::is_journeys<Journeys>
constexpr auto attribute(Journeys const& journeys, Model const& m, Policy const& p, Sink&& sink) {
    return attribute(parallel{1}, journeys, m, p, std::forward<Sink>(sink));
}

/// As above, into a ledger that keeps every credit.
///
/// Errors:     as above; a ledger is returned whole or not at all.
template <class Journeys, class Model, class Policy = always_policy>
    requires detail::is_journeys<Journeys>
[[nodiscard]] constexpr auto attribute(parallel how, Journeys const& journeys, Model const& m,
                                       Policy const& p = {}) {
    detail::check_policy<Journeys, Policy>();
    detail::check_model<Journeys, Model>();
    using amount_type = typename Journeys::value_type;
    using credits = std::vector<credit<amount_type>>;
    auto const count = journeys.conversions().size();
    auto const parts = detail::parts_for(count, how.threads());
    std::vector<credits> lines(parts, credits{});
    detail::for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t) {
        auto const begin = detail::part_begin(count, parts, part);
        auto const end = detail::part_begin(count, parts, part + 1);
        lines[part].reserve(end - begin);  // each conversion has a credit, attributed or not
        auto const keep = [&](credit<amount_type> const& earned) { lines[part].push_back(earned); };
        detail::single_credits<amount_type, decltype(keep)> receiver{keep};
        detail::credit_each(detail::visiting::by_row, journeys, p, begin, end, receiver, std::index_sequence<0>{}, m);
    });
    credits all;
    for (auto& part : lines)
        if (all.empty())
            all.swap(part);
        else
            all.insert(all.end(), part.begin(), part.end());
    return ledger{journeys.conversions(), journeys.touchpoints(), std::move(all)};
}

/// As above, on one thread.
template <class Journeys, class Model, class Policy = always_policy>
    requires detail::is_journeys<Journeys>
[[nodiscard]] constexpr auto attribute(Journeys const& journeys, Model const& m,
                                       Policy const& p = {}) {
    return attribute(parallel{1}, journeys, m, p);
}

/// Joins, then attributes into a ledger: which touchpoint earned this money?
///
/// Complexity: `join`, and the attribution. For several models over the same records, `join` once.
template <class Conversions, class Touchpoints, class Model, class Policy = always_policy>
    requires detail::are_records<Conversions, Touchpoints>
[[nodiscard]] constexpr auto attribute(Conversions const& conversions,
                                       Touchpoints const& touchpoints, Model const& m,
                                       Policy const& p = {}) {
    return attribute(join(conversions, touchpoints), m, p);
}

/// As above, on several threads.
template <class Conversions, class Touchpoints, class Model, class Policy = always_policy>
    requires detail::are_records<Conversions, Touchpoints>
[[nodiscard]] constexpr auto attribute(parallel how, Conversions const& conversions,
                                       Touchpoints const& touchpoints, Model const& m,
                                       Policy const& p = {}) {
    return attribute(how, join(how, conversions, touchpoints), m, p);
}

/// Joins, then attributes into any sink.
template <class Conversions, class Touchpoints, class Model, class Policy, class Sink>
    requires detail::are_records<Conversions, Touchpoints>
constexpr auto attribute(Conversions const& conversions, Touchpoints const& touchpoints,
                         Model const& m, Policy const& p, Sink&& sink) {
    return attribute(join(conversions, touchpoints), m, p, std::forward<Sink>(sink));
}

/// As above, on several threads.
template <class Conversions, class Touchpoints, class Model, class Policy, class Sink>
    requires detail::are_records<Conversions, Touchpoints>
constexpr auto attribute(parallel how, Conversions const& conversions,
                         Touchpoints const& touchpoints, Model const& m, Policy const& p,
                         Sink&& sink) {
    return attribute(how, join(how, conversions, touchpoints), m, p, std::forward<Sink>(sink));
}

}  // namespace attribution
