// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/policy/policy.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

/// A sum of models, each normalised to shares before it is mixed in. Made by `*` and `+`.
template <class... Models>
class blend_model : public model_tag {
  public:
    constexpr blend_model(std::array<double, sizeof...(Models)> parts, std::tuple<Models...> models)
        : parts_{parts}, models_{std::move(models)} {
        for (double const part : parts_)
            if (!(part >= 0) || !detail::is_finite(part))
                throw std::invalid_argument{
                    "blend: the part of a model must be finite and not negative"};
        auto const sum = detail::to_units(parts_, portions_);
        if (sum == 0)
            return;  // no part counts: every model is left out if this is added to another
        for (auto& portion : portions_)
            portion = detail::share_units(portion, sum);
    }

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple_cat(std::tuple{"blend", parts_}, models_);
    }

    constexpr void operator()(auto const& steps, weights w) const {
        if (portions_ == std::array<std::uint64_t, sizeof...(Models)>{})
            throw std::invalid_argument{"blend: the parts must not all be 0"};
        if constexpr (sizeof...(Models) == 1)
            std::get<0>(models_)(steps, w);
        else
            mix(steps, w, std::index_sequence_for<Models...>{});
    }

    [[nodiscard]] constexpr auto const& parts() const& noexcept { return parts_; }
    [[nodiscard]] constexpr auto parts() const&& { return parts_; }
    [[nodiscard]] constexpr auto const& models() const& noexcept { return models_; }
    [[nodiscard]] constexpr auto models() const&& { return models_; }

  private:
    template <std::size_t... I>
    constexpr void mix(auto const& steps, weights w, std::index_sequence<I...>) const {
        auto own = steps.space().weights.borrow(w.size());
        auto shares = steps.space().units.borrow(w.size());
        (add(steps, w, std::get<I>(models_), portions_[I], own.span(), shares.span()), ...);
    }

    /// Adds in whole numbers: some machines would fuse a product and a sum of doubles into one
    /// rounding, and others would not.
    constexpr void add(auto const& steps, weights w, auto const& m, std::uint64_t portion,
                       weights own, std::span<std::uint64_t> shares) const {
        if (portion == 0)
            return;
        for (auto& weight : own)
            weight = 0;
        m(steps, own);
        detail::check_weights(steps, own);
        auto const sum = detail::to_units(own, shares);
        if (sum == 0)
            return;
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const share = detail::uint128{detail::share_units(shares[i], sum)} * portion;
            w[i] += static_cast<double>(static_cast<std::uint64_t>(share >> detail::unit_bits));
        }
    }

    std::array<double, sizeof...(Models)> parts_;
    std::array<std::uint64_t, sizeof...(Models)> portions_{};
    [[no_unique_address]] std::tuple<Models...> models_;
};

template <class Callable>
struct callable_model : model_tag {
    [[no_unique_address]] Callable callable;

    constexpr explicit callable_model(Callable c) : callable(std::move(c)) {}
    constexpr void operator()(auto const& steps, weights w) const { callable(steps, w); }
};

/// Makes a callable (path, weights) take part in blends: `0.5 * linear + 0.5 * as_model(mine)`.
/// Wherever a single model is wanted, a callable needs no such wrapping.
template <class Callable>
[[nodiscard]] constexpr auto as_model(Callable callable) {
    return callable_model<Callable>{std::move(callable)};
}

namespace detail {

template <class M>
concept blendable = std::derived_from<M, model_tag>;

template <blendable M>
constexpr auto as_blend(M m) {
    return blend_model<M>{{1.0}, std::tuple<M>{std::move(m)}};
}
template <class... Models>
constexpr auto as_blend(blend_model<Models...> b) {
    return b;
}

template <class... A, class... B, std::size_t... I, std::size_t... J>
constexpr auto joined(blend_model<A...> const& a, blend_model<B...> const& b,
                      std::index_sequence<I...>, std::index_sequence<J...>) {
    return blend_model<A..., B...>{{a.parts()[I]..., b.parts()[J]...},
                                   std::tuple_cat(a.models(), b.models())};
}

template <class... A, class... B>
constexpr auto joined(blend_model<A...> const& a, blend_model<B...> const& b) {
    return joined(a, b, std::index_sequence_for<A...>{}, std::index_sequence_for<B...>{});
}

}  // namespace detail

/// A model with its part in a blend: `0.4 * first_touch`. On its own it weighs like the model
/// itself.
///
/// Edges:      a model with part 0 is left out of a blend and not called. So is one with less than
///             2^-62 of the sum of the parts, which could not change a weight.
/// Errors:     std::invalid_argument if the part is negative or not finite. If all parts of a blend
///             are 0, the error comes when a path is weighed.
template <detail::blendable M>
[[nodiscard]] constexpr auto operator*(double part, M m) {
    return blend_model<M>{{part}, std::tuple<M>{std::move(m)}};
}

/// Mixes two models: each is normalised to shares, then they are added in proportion to their
/// parts.
///
/// Shape:      `0.4 * a + 0.2 * b + 0.4 * c`; a model without a part has part 1.
/// Edges:      a model that gives no weight to any touchpoint of a path is left out for that path.
/// Complexity: the models' own, and O(n) per model; buffers are reused from path to path.
template <detail::blendable A, detail::blendable B>
[[nodiscard]] constexpr auto operator+(A a, B b) {
    return detail::joined(detail::as_blend(std::move(a)), detail::as_blend(std::move(b)));
}

namespace detail {

/// Refused where it is named, so that nothing else is said first.
template <class Policy>
struct policy_part {
    static_assert(!policy<Policy>,
                  "attribution: a blend is made of models, and this is a policy; prefer(policy, "
                  "model) is a model that a policy chooses for, and attribute() takes the policy "
                  "after the model");
};

template <class A, class B>
constexpr void check_parts() {
    static_assert(
        blendable<A> && blendable<B>,
        "attribution: a blend is made of models: a policy chooses by prefer(policy, model), "
        "an estimator becomes a model by fit(), a callable by as_model(callable), and a "
        "number stands in front of its model: 0.5 * linear");
}

}  // namespace detail

/// Says that policies have no part in a blend.
template <policy Policy>
constexpr auto operator*(double, Policy const&) {
    (void)detail::policy_part<Policy>{};
}
template <policy Policy>
constexpr auto operator*(Policy const&, double) {
    (void)detail::policy_part<Policy>{};
}

/// Says what is wrong with the other operand.
template <detail::blendable A, class B>
    requires(!detail::blendable<B>)
constexpr void operator+(A const&, B const&) {
    detail::check_parts<A, B>();
}
template <class A, detail::blendable B>
    requires(!detail::blendable<A>)
constexpr void operator+(A const&, B const&) {
    detail::check_parts<A, B>();
}
template <detail::blendable A>
constexpr void operator*(A const&, double) {
    detail::check_parts<A, double>();
}

}  // namespace attribution
