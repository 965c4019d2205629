// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/numeric/share.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/where.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// A milestone of your own derives from this and is callable with a path: it returns the position
/// of the touchpoint that reached the milestone, or `path.size()` if none did.
struct milestone_tag {};

/// The milestone that `reached_at` makes.
template <class Projection>
struct reached_at_milestone : milestone_tag {
    [[no_unique_address]] Projection projection;

    constexpr explicit reached_at_milestone(Projection p) : projection(std::move(p)) {}

    constexpr std::size_t operator()(auto const& steps) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        decltype(auto) instant = detail::project(projection, steps.conversion());
        if (!detail::has_value(instant))
            return steps.size();
        auto const until =
            detail::nearest_instant<time, detail::nearest::not_after>(detail::on_time_line(
                detail::value_in(instant), "milestones: the instant of conversion row ",
                steps.about().row()));
        std::size_t count = 0;
        while (until && count < steps.size() && steps[count].at() <= *until)
            ++count;
        return count == 0 ? steps.size() : count - 1;
    }
};

/// The latest touchpoint at the time when something happened: a lead was created, an opportunity
/// opened. `projection` reads that instant, or an optional one, from the conversion.
///
/// Edges:      a touchpoint at that very instant counts. Without an instant, or without a
///             touchpoint up to it, the milestone is missing.
template <class Projection>
[[nodiscard]] constexpr auto reached_at(Projection projection) {
    return reached_at_milestone<Projection>{std::move(projection)};
}

/// A milestone and its share; made by `milestone`.
template <class Which>
struct shared_milestone {
    double share;
    [[no_unique_address]] Which which;
};

namespace detail {

template <class Which>
constexpr auto as_milestone(Which which) {
    if constexpr (pick_model<Which> || std::derived_from<Which, milestone_tag> || policy<Which>) {
        return which;
    } else {
        static_assert(!std::derived_from<Which, model_tag>,
                      "attribution: a milestone is first_touch, last_touch, reached_at(...), a "
                      "policy or a predicate of a touchpoint, no other model");
        return where(std::move(which));
    }
}

}  // namespace detail

/// `share` of the credit for the touchpoint that reached a milestone.
///
/// `which` selects the touchpoint: `first_touch`, `last_touch`, a policy or a predicate (the
/// earliest touchpoint that satisfies it), `reached_at(projection of the conversion)`, or a
/// milestone of your own, see `milestone_tag`.
template <class Which>
[[nodiscard]] constexpr auto milestone(double share, Which which) {
    auto made = detail::as_milestone(std::move(which));
    return shared_milestone<decltype(made)>{share, std::move(made)};
}

template <class... Which>
class milestones_model : public model_tag {
  public:
    constexpr milestones_model(double others, std::array<double, sizeof...(Which)> shares,
                               std::tuple<Which...> which)
        : which_{std::move(which)} {
        auto common = parts(others);
        for (double const share : shares)
            common = std::gcd(common, parts(share));
        if (common == 0)
            throw std::invalid_argument{"milestones: the shares must not all be 0"};
        auto const reduced = [common](double share) {
            auto const multiple = parts(share) / common;
            return static_cast<double>(multiple);
        };
        others_ = reduced(others);
        std::ranges::transform(shares, shares_.begin(), reduced);
    }

    constexpr void operator()(auto const& steps, weights w) const {
        collect(steps, w, std::index_sequence_for<Which...>{});
        double all = 0;
        double present = 0;
        for (double const share : shares_)
            all += share;
        std::size_t others = 0;
        for (double const share : w) {
            present += share;
            others += share > 0 ? 0 : 1;
        }
        // The milestones that are present divide the shares of all milestones among them: each gets
        // share * all / present. The other touchpoints divide `others_` evenly. Multiplied by
        // present * others, all weights are whole numbers, and no division is needed.
        auto const count = static_cast<double>(others);
        if (present == 0) {
            std::ranges::fill(w, 1.0);
        } else if (others != 0) {
            for (auto& weight : w)
                weight = weight > 0 ? weight * all * count : others_ * present;
        }
    }

  private:
    static constexpr std::int64_t parts(double share) {
        return detail::billionths(share, "milestones");
    }

    template <std::size_t... I>
    constexpr void collect(auto const& steps, weights w, std::index_sequence<I...>) const {
        auto const add = [&](std::size_t place, double share) {
            if (place < w.size())
                w[place] += share;
        };
        (add(find(std::get<I>(which_), steps), shares_[I]), ...);
    }

    template <pick_model Model>
    static constexpr std::size_t find(Model const&, auto const& steps) {
        return Model::picks == path_end::first ? 0 : steps.size() - 1;
    }

    template <policy Policy>
    static constexpr std::size_t find(Policy const& p, auto const& steps) {
        std::size_t i = 0;
        while (i < steps.size() && !detail::admits(p, steps[i]))
            ++i;
        return i;
    }

    template <std::derived_from<milestone_tag> Milestone>
    static constexpr std::size_t find(Milestone const& one, auto const& steps) {
        return one(steps);
    }

    double others_ = 0;
    std::array<double, sizeof...(Which)> shares_{};
    [[no_unique_address]] std::tuple<Which...> which_;
};

/// Credit for the touchpoints that moved the customer on; the others share `others` evenly.
///
/// Shape:      `milestones(0.1, milestone(0.45, first_touch), milestone(0.45, &touch::is_lead))`.
/// Units:      shares in [0, 1], read to nine decimals; only their proportions count.
/// Edges:      the share of a missing milestone goes to the present ones in proportion. If no
///             milestone is present, all touchpoints share evenly. A touchpoint that reaches two
///             milestones gets both shares. If every touchpoint reaches a milestone, the milestones
///             share everything, in proportion.
/// Errors:     std::invalid_argument if a share lies outside [0, 1], or all are 0; std::domain_error,
///             naming the conversion, if a floating-point instant of `reached_at` is a NaN.
/// Complexity: O(n) tests per milestone.
/// Source:     the definitions of `w_shaped` and `full_path`, made general.
template <class... Which>
    requires(sizeof...(Which) > 0)
[[nodiscard]] constexpr auto milestones(double others, shared_milestone<Which>... m) {
    return milestones_model<Which...>{
        others, {m.share...}, std::tuple<Which...>{std::move(m.which)...}};
}

/// W-shaped: 30% each to the first touchpoint, to the one that made a lead, and to the one that
/// made an opportunity; the others share 10%.
///
/// Edges:      as `milestones`. If no touchpoint made an opportunity, the first touchpoint and the
///             lead get 45% each, the others 10%.
/// Source:     Bizible (Adobe Marketo Measure), "W-shaped".
template <class Lead, class Opportunity>
[[nodiscard]] constexpr auto w_shaped(Lead lead, Opportunity opportunity) {
    return milestones(0.1, milestone(0.3, first_touch), milestone(0.3, std::move(lead)),
                      milestone(0.3, std::move(opportunity)));
}

/// Full path: 22.5% each to the first touchpoint, to those that made a lead and an opportunity, and
/// to the one that closed, by default the last; the others share 10%.
///
/// Source:     Bizible (Adobe Marketo Measure), "Full path".
template <class Lead, class Opportunity, class Close = last_touch_fn>
[[nodiscard]] constexpr auto full_path(Lead lead, Opportunity opportunity, Close close = {}) {
    return milestones(0.1, milestone(0.225, first_touch), milestone(0.225, std::move(lead)),
                      milestone(0.225, std::move(opportunity)), milestone(0.225, std::move(close)));
}

}  // namespace attribution
