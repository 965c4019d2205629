// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/join/eligible.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/join/group_events.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The touchpoints of every customer who never converted, in order.
template <class Journeys>
class open_customers {
    using conversions = std::remove_cvref_t<decltype(std::declval<Journeys>().conversions())>;
    using touchpoints = std::remove_cvref_t<decltype(std::declval<Journeys>().touchpoints())>;
    using time_type = typename Journeys::time_type;
    using probe = common_key_of<conversions, touchpoints>;
    using stored = std::conditional_t<std::same_as<kept_key<conversions, probe>, probe>,
                                      kept_key<touchpoints, probe>, kept_key<conversions, probe>>;
    using about_type = open_end<conversions, touchpoints>;

  public:
    explicit open_customers(Journeys const& joined) : touches_{&joined.touchpoints()} {
        interner<stored, probe> customers;
        auto const& sales = joined.conversions();
        auto const number = [&](probe const& key) { return customers(key); };
        for (std::size_t row = 0; row < sales.size(); ++row)
            detail::with_key<probe>(sales, row, no_group, number);
        auto const converted = customers.size();
        std::vector<std::size_t> owner(touches_->size(), no_group);
        for (std::size_t row = 0; row < touches_->size(); ++row) {
            auto const customer = detail::with_key<probe>(*touches_, row, no_group, number);
            if (customer != no_group && customer >= converted)
                owner[row] = customer - converted;
        }
        size_ = customers.size() - converted;
        grouped_ = detail::group_events<time_type>(
            touches_->size(), [&](std::size_t row) { return owner[row]; }, size_,
            [&](std::size_t row) { return detail::touch_time(*touches_, sales, row); });
    }

    [[nodiscard]] std::size_t size() const { return size_; }

    /// Calls `visit(path)` for each of the customers [first, last), whose windows end at `end`.
    template <policy Policy, class Visit>
    void for_each_path(time_type end, Policy const& p, std::size_t first, std::size_t last,
                       Visit visit) const {
        about_type const about{*touches_, end};
        auto const window = detail::search_window(p, about);
        workspace<time_type> space;
        row_of<attribution::detail::visit<time_type>> place;
        for (auto customer = first; customer < last; ++customer) {
            auto const own = grouped_.begins[customer];
            auto const others = grouped_.begins[customer + 1];
            auto const first_after = [&](time_type const& at) {
                return grouped_.first_after(own, others, at, own);
            };
            auto const eligible = detail::eligible_among(
                p, about,
                {grouped_.first_from(own, others, window.from, own), first_after(window.until)},
                first_after(end), [&](std::size_t position) { return grouped_[position]; }, place);
            visit(path<about_type>{about, eligible, space});
        }
    }

  private:
    touchpoints const* touches_;
    std::size_t size_ = 0;
    event_groups<time_type> grouped_;
};

template <class Journeys>
auto latest_time_in(Journeys const& journeys) {
    using time = typename Journeys::time_type;
    std::optional<time> latest;
    auto const look = [&](time const& at) { latest = latest && at < *latest ? *latest : at; };
    auto const& sales = journeys.conversions();
    auto const& touches = journeys.touchpoints();
    for (std::size_t row = 0; row < sales.size(); ++row)
        look(conversion_time(sales, touches, row));
    for (std::size_t row = 0; row < touches.size(); ++row)
        look(touch_time(touches, sales, row));
    return latest;
}

}  // namespace attribution::detail
