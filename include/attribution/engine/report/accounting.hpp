// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/credit_later.hpp>
#include <attribution/engine/credit/credit_routes.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/credit/single_credits.hpp>
#include <attribution/engine/join/eligible.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/large.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/report/record_totals.hpp>
#include <attribution/engine/report/verdict.hpp>
#include <attribution/engine/values/message.hpp>
#include <attribution/join.hpp>
#include <attribution/model/path.hpp>
#include <attribution/policy/outcome.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// So many elements, of no particular value if they are nothing but bytes.
template <class T>
large_vector<T> room_for(std::size_t size) {
    if constexpr (std::is_trivially_copyable_v<T>)
        return large_vector<T>(unfilled::iterator{0}, unfilled::iterator{size});
    else
        return large_vector<T>(size);
}

/// Attributes all conversions, and notes what becomes of each record: its credits, or how far it got.
/// `Touched` and `Converted` are what is kept for each touchpoint and conversion.
template <class Journeys, class Touched, class Converted>
class accounting {
    using amount_type = typename Journeys::value_type;
    using time_type = typename Journeys::time_type;
    using visit_type = visit<time_type>;

  public:
    explicit accounting(Journeys const& journeys)
        : touched(detail::room_for<Touched>(journeys.touchpoints().size())),
          converted(journeys.conversions().size()), journeys_{&journeys} {
        if constexpr (!begins_on_its_way)
            begin_until(touched.size());
    }

    /// To be called once.
    template <class Model, class Policy>
    void convert_all(Model const& m, Policy const& p) {
        outside_ = detail::outside_of<anchor_type>(p);
        auto how = crediting_of<amount_type, Model, time_type>::make(m);
        detail::find_and_credit<time_line>(
            [&](auto add) {
                journeys_->for_each_time_line([&](time_line const& line) {
                    prefetch_for(line.within);
                    add(line);
                });
            },
            [&](time_line const& line) { convert(line, how, m, p); });
        begin_until(touched.size());
        for (std::size_t i = 0; i < repeated_.size(); ++i) {
            auto& one = touched[repeated_[i].touchpoint];
            one.conversion = repeated_[i].conversion;
            one.amount = earned_.value(i);
        }
        credits.erase(credits.begin() + static_cast<std::ptrdiff_t>(credited_), credits.end());
    }

    large_vector<Touched> touched;
    large_vector<Converted> converted;
    large_vector<credit<amount_type>> credits;

  private:
    using anchor_type = typename Journeys::anchor_type;
    using time_line = typename Journeys::candidates;  // all of the customer's touchpoints

    /// A touchpoint with several credits. While these are added up, it says in the place of the conversion
    /// where its sum is.
    struct repeated_earner {
        std::size_t touchpoint;
        std::size_t conversion;
    };

    /// Records of touchpoints that are visited as they lie in memory begin when the first of them is needed:
    /// then they are written once instead of twice.
    static constexpr bool begins_on_its_way =
        Journeys::in_memory_order && std::is_trivially_copyable_v<Touched>;

    void begin_until(std::size_t end) {
        for (; begun_ < end; ++begun_) {
            touched[begun_] = Touched{};
            if (journeys_->touchpoints().key_is_missing(begun_))
                touched[begun_].what = outcome::missing_key;
        }
    }

    /// Asks for records that lie all over memory, of conversions that are not yet accounted for.
    void prefetch_for(stretch all) const {
        constexpr std::size_t most = 32;
        if constexpr (!Journeys::in_memory_order)
            for (auto i = all.first; i < all.first + std::min(all.size(), most); ++i)
                detail::prefetch(touched.data() + journeys_->row_at(i));
    }

    template <class How, class Model, class Policy>
    void convert(time_line const& line, How& how, Model const& m, Policy const& p) {
        auto const row = line.row;
        auto const all = line.within;
        auto const about = journeys_->about(line);
        if (journeys_->conversions().key_is_missing(row))
            converted[row].what = outcome::missing_key;
        if (all_.first != all.first)  // another customer
            last_ = {all.first, all.first};
        all_ = all;
        auto const after = journeys_->first_after(line, line.at, last_.last);
        if constexpr (begins_on_its_way)
            begin_until(std::max(all.last, after));
        auto const inside = stretch_to_judge(line, about, p, after);
        last_ = {inside.first, after};
        note_too_early(row, all.first, inside.first);
        if constexpr (is_one_window<Policy> && stretch_model<Model, time_type>)
            if (windows_reach_conversion_) {
                note_too_late(row, inside.last, all.last);
                credit_all_of(row, inside, how, m);
                return;
            }
        find_eligible(about, inside, after, p);
        note_too_late(row, inside.last, all.last);
        credit_eligible(about, how, m);
    }

    /// Is lying in one window, which nothing after the conversion counts in, all that the policy asks?
    template <class Policy>
    static constexpr bool is_one_window =
        !has_parts<Policy> && only_window<Policy, step<anchor_type>> && !decides_time<Policy>;

    template <class Policy>
    void find_eligible(anchor_type const& about, stretch inside, std::size_t after,
                       Policy const& p) {
        eligible_.clear();
        for (auto position = inside.first; position < inside.last; ++position) {
            auto const one = detail::visit_at(position, journeys_->touch(position), after);
            auto const verdict = detail::judge(p, step<anchor_type>{about, one});
            if (verdict.admitted()) {
                eligible_.push_back(one);
            } else {
                note_touchpoint(about.row(), one.row, verdict.what, verdict.part);
                note_conversion(about.row(), verdict.what, verdict.part);
            }
        }
    }

    /// The touchpoints of which nothing is known before the policy's parts are asked: those before are
    /// too early for each window, those behind come after the conversion.
    template <class Policy>
    stretch stretch_to_judge(time_line const& line, anchor_type const& about, Policy const& p,
                             std::size_t after) {
        auto const last = decides_time<Policy> ? line.within.last : after;
        auto first = line.within.first;
        if (outside_.first_window != no_row) {
            auto const earliest = detail::earliest_of_windows(p, about);
            windows_reach_conversion_ = windows_reach_conversion_ && !(earliest.until < line.at);
            first = std::min(journeys_->first_from(line, earliest.from, last_.first), last);
        }
        return {first, last};
    }

    /// Of a customer's touchpoints, those that came at least as far as this are the first ones, unless
    /// a test may refuse with less. The search for the others is therefore short, however many
    /// conversions there are.
    void note_too_early(std::size_t row, std::size_t first, std::size_t last) {
        if (first == last)
            return;
        note_conversion(row, outcome::before_window, outside_.first_window);
        for (auto position = last; position-- > first;) {
            auto const touch = journeys_->row_at(position);
            if (outside_.in_order && touched[touch].conversion != no_row &&
                touched[touch].what >= outcome::before_window)
                break;
            note_touchpoint(row, touch, outcome::before_window, outside_.first_window);
        }
    }

    /// If each window lasts until the conversion, then of a customer's touchpoints, those of which
    /// something is noted already are the last ones.
    void note_too_late(std::size_t row, std::size_t first, std::size_t last) {
        if (first == last)
            return;
        note_conversion(row, outcome::after_window, outside_.parts);
        for (auto position = first; position < last; ++position) {
            auto const touch = journeys_->row_at(position);
            if (outside_.in_order && windows_reach_conversion_ &&
                touched[touch].conversion != no_row)
                break;
            note_touchpoint(row, touch, outcome::after_window, outside_.parts);
        }
    }

    /// Credits the touchpoints of a stretch, each of which is eligible.
    template <class How, class Model>
    void credit_all_of(std::size_t row, stretch all, How& how, Model const&) {
        share_out(
            row, all.size(),
            [&](amount_type const& value, auto& receiver) {
                return detail::credit_stretch<Model>(how, *journeys_, row, all, value, receiver, 0);
            },
            [&](std::size_t i) { return journeys_->touch(all.first + i); });
    }

    template <class How, class Model>
    void credit_eligible(anchor_type const& about, How& how, Model const& m) {
        typename Journeys::path_type const steps{
            about, {eligible_.data(), eligible_.size()}, space_};
        share_out(
            about.row(), eligible_.size(),
            [&](amount_type const& value, auto& receiver) {
                return detail::credit_path(how, steps, value, receiver, 0, m);
            },
            [&](std::size_t i) -> visit_type const& { return eligible_[i]; });
    }

    /// Notes what `credit_by(value, receiver)` gives to so many touchpoints, the i-th of which is
    /// `touch_at(i)`.
    template <class CreditBy, class TouchAt>
    void share_out(std::size_t row, std::size_t eligible, CreditBy credit_by, TouchAt touch_at) {
        auto const before = credited_;
        auto const value = journeys_->conversions().value(row);
        detail::check_value(row, value);
        if (credits.size() - credited_ <= eligible) [[unlikely]]
            make_room(row, eligible + 1);
        auto const keep = [&](credit<amount_type> const& one) {
            credits[credited_++] = one;
            note_credit(row, one.touchpoint, one.amount);
        };
        single_credits<amount_type, decltype(keep)> receiver{keep};
        bool const attributed = credit_by(value, receiver);
        if (attributed)
            note_conversion(row, outcome::credited, no_row);
        else
            credits[credited_++] = {row, no_row, value, 1.0};
        auto const own = credited_ - before;
        if (!attributed || own < eligible)
            note_uncredited(row, before, eligible, touch_at);
        converted[row].path_length = eligible;
        converted[row].first_credit = before;
        converted[row].credits = own;
    }

    /// Room for so many credits more: for as many as there will be if conversions go on like those up to `row`,
    /// so that hardly any are copied. But not for more than there are records, unless that is less than twice as
    /// many.
    ATTRIBUTION_OUT_OF_LINE void make_room(std::size_t row, std::size_t more) {
        auto const needed = credited_ + more;
        auto const all = static_cast<double>(converted.size());
        auto const expected = static_cast<double>(needed) / static_cast<double>(row + 1) * all;
        auto const records = converted.size() + touched.size();
        auto const room =
            expected < static_cast<double>(records) ? static_cast<std::size_t>(expected) : records;
        auto larger = detail::room_for<credit<amount_type>>(std::max(2 * needed, room));
        std::move(credits.data(), credits.data() + credited_, larger.data());
        credits.swap(larger);
    }

    /// Most touchpoints earn once, and nothing has to be added up for them.
    void note_credit(std::size_t row, std::size_t touch, amount_type const& part) {
        auto& one = touched[touch];
        if (one.what == outcome::credited) {
            add_to_credits(touch, part);
            return;
        }
        one.what = outcome::credited;
        one.part = no_row;
        one.conversion = row;
        one.credits = 1;
        one.amount = part == amount_type{} ? amount_type{} : part;  // not -0.0
    }
    ATTRIBUTION_OUT_OF_LINE void add_to_credits(std::size_t touch, amount_type const& part) {
        auto& one = touched[touch];
        if (one.credits == 1) {
            repeated_.push_back({touch, one.conversion});
            one.conversion = earned_.append();
            earned_.add(one.conversion, one.amount);
        }
        if (one.credits == std::numeric_limits<decltype(one.credits)>::max())
            throw std::overflow_error{message(
                {"explain: touchpoint row ", touch, " has more credits than can be counted"})};
        ++one.credits;
        earned_.add(one.conversion, part);
    }

    /// A touchpoint without credit lost a tie if another one at the same instant has credit. The
    /// conversion's credits, from `first_credit` on, are in the order of its touchpoints.
    template <class TouchAt>
    void note_uncredited(std::size_t row, std::size_t first_credit, std::size_t eligible,
                         TouchAt touch_at) {
        auto next = first_credit;
        has_credit_.assign(eligible, false);
        for (std::size_t i = 0; i < eligible && next < credited_; ++i)
            if (credits[next].touchpoint == touch_at(i).row) {
                has_credit_[i] = true;
                ++next;
            }
        for (std::size_t i = 0; i < eligible;) {
            auto const first = i;
            bool tied = false;
            for (; i < eligible && touch_at(i).at == touch_at(first).at; ++i)
                tied = tied || has_credit_[i];
            auto const what = tied ? outcome::lost_tie : outcome::zero_weight;
            for (auto j = first; j < i; ++j)
                if (!has_credit_[j]) {
                    note_touchpoint(row, touch_at(j).row, what, no_row);
                    note_conversion(row, what, no_row);
                }
        }
    }

    void note_touchpoint(std::size_t row, std::size_t touch, outcome what, std::size_t part) {
        auto& one = touched[touch];
        if (one.conversion == no_row || detail::further(what, part, one.what, one.part)) {
            one.what = what;
            one.part = part;
            one.conversion = row;
        }
    }
    void note_conversion(std::size_t row, outcome what, std::size_t part) {
        auto& conversion = converted[row];
        if (detail::further(what, part, conversion.what, conversion.part)) {
            conversion.what = what;
            conversion.part = part;
        }
    }

    Journeys const* journeys_;
    std::size_t begun_ = 0;              // touchpoints of which there is a record
    std::size_t credited_ = 0;           // credits so far; behind them there is room
    buffer<repeated_earner> repeated_;   // touchpoints with several credits
    record_totals<amount_type> earned_;  // by them
    workspace<time_type> space_;
    std::vector<visit_type> eligible_;
    std::vector<bool> has_credit_;
    outside_verdicts outside_{};
    stretch all_{};  // of the last conversion's customer
    stretch
        last_{};  // the policy's and the conversion's places there, where the next search begins
    bool windows_reach_conversion_ = true;  // each window of each conversion so far
};

}  // namespace attribution::detail
