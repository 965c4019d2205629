// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/one_of_each.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/selector.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

template <class Selector, class Path>
concept shares_out = requires(Selector const& s, Path const& steps,
                              std::span<std::size_t const> chosen, weights w) {
    s.share(steps, chosen, w);
};

template <class Selector>
std::string selector_name(Selector const& s) {
    if constexpr (requires { s.name(); })
        return std::string{s.name()};
    else
        return "a selector";
}

/// Errors:     std::domain_error, naming the conversion, if a position lies outside of the path, or
///             if the positions do not ascend.
template <class Path, class Selector>
constexpr void choose(Path const& whole, Selector const& selector, selection& chosen) {
    static_assert(path_selector<Selector, Path>,
                  "attribution: over() needs a selector, such as last(3) or "
                  "first_of_each(&touch::channel), or a callable (path, selection) of your own");
    selector(whole, chosen);
    std::size_t next = 0;
    for (auto const place : chosen) {
        if (place < next || place >= whole.size())
            throw std::domain_error{"over: the selector chose touchpoint " + std::to_string(place) +
                                    " of " + std::to_string(whole.size()) +
                                    of_conversion(whole.about().row()) +
                                    "; choose positions in the path, ascending, each once"};
        next = place + 1;
    }
}

}  // namespace detail

template <class Selector, class Model>
struct over_model : model_tag {
    [[no_unique_address]] Selector selector;
    [[no_unique_address]] Model inner;

    constexpr over_model(Selector s, Model m) : selector(std::move(s)), inner(std::move(m)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"over", selector, inner}; }

    constexpr void operator()(auto const& steps, weights w) const {
        auto chosen = steps.space().indices.borrow();
        detail::choose(steps, selector, *chosen);
        if (chosen->size() == steps.size())
            inner(steps, w);
        else if (!chosen->empty())
            attribution::weigh_among(steps, chosen.span(), inner, w);
        if constexpr (detail::shares_out<Selector, std::remove_cvref_t<decltype(steps)>>)
            selector.share(steps, chosen.span(), w);
    }
};

/// Applies `m` to the touchpoints that the selector chooses. `m` sees a path of only these; all
/// other touchpoints weigh 0.
///
/// Shape:      `over(first_of_each(&touch::channel), m)`, `last_of_each`, `runs`, `over(last(3), m)`,
///             `over(sessions(30min), m)`, `over(preferred(policy), m)`, or a selector of your own.
///             An estimator may stand in the place of the model, see `fit`: it learns from the
///             shorter paths.
/// Edges:      order and ages are those of the chosen touchpoints. If none is chosen, all weigh 0.
///             over(a, over(b, m)): `a` chooses first, then `b` chooses among those.
/// Errors:     std::domain_error, naming the conversion, if a selector chooses a position outside
///             of the path.
/// Complexity: the selector's and m's, and O(n); buffers are reused from path to path.
template <class Selector, class Model>
[[nodiscard]] constexpr auto over(Selector s, Model m) {
    return over_model<Selector, Model>{std::move(s), std::move(m)};
}

}  // namespace attribution
