// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/milestone.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/numeric/share.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

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
        std::transform(shares.begin(), shares.end(), shares_.begin(), reduced);
    }

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple_cat(std::tuple{"milestones", others_, shares_}, which_);
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
            std::fill(w.begin(), w.end(), 1.0);
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

}  // namespace attribution
