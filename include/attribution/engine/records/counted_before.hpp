// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A projection by which all conversions of a customer are alike.
struct all_alike {
    template <class Conversion>
    constexpr bool operator()(Conversion const&) const {
        return true;
    }
};

/// The length of a rule that holds for ever.
struct without_end {};

/// No row: the conversion counts.
inline constexpr std::size_t none_before = static_cast<std::size_t>(-1);

/// What one rule remembers of one customer: by value, when a conversion last counted, and its row.
template <class Rule, class Reference, class Time>
class counted_before {
    using projected =
        std::remove_cvref_t<std::invoke_result_t<typename Rule::projection_type const&, Reference>>;

  public:
    using value_type = stored_for<value_type_in<projected>>;
    struct entry {
        value_type value;
        Time at;
        std::size_t row;
    };
    static constexpr bool forgets = !std::same_as<typename Rule::length_type, without_end>;

    /// The row because of which the conversion does not count, or `none_before`.
    [[nodiscard]] constexpr std::size_t refuses(Rule const& rule, Reference record,
                                                Time const& at) const {
        if (all_.empty())
            return none_before;
        decltype(auto) own = detail::project(rule.projection, record);
        if (detail::is_missing(own))
            return none_before;
        auto const place = place_of(detail::value_in(own));
        if (!is_at(place, detail::value_in(own)) ||
            (Rule::whole_instants && !(all_[place].at < at)) || !reaches(rule, all_[place], at))
            return none_before;
        return all_[place].row;
    }

    /// To be called for conversions that count, in the order of time.
    constexpr void note(Rule const& rule, Reference record, Time const& at, std::size_t row) {
        decltype(auto) own = detail::project(rule.projection, record);
        if (detail::is_missing(own))
            return;
        auto const place = place_of(detail::value_in(own));
        if (is_at(place, detail::value_in(own))) {
            all_[place].at = at;
            all_[place].row = row;
        } else {
            all_.insert(all_.begin() + static_cast<std::ptrdiff_t>(place),
                        entry{value_type(detail::value_in(own)), at, row});
        }
    }

    /// Can the entry refuse a conversion at `from` or later?
    [[nodiscard]] static constexpr bool reaches(Rule const& rule, entry const& one,
                                                Time const& from) {
        if constexpr (forgets)
            return !(one.at < detail::earlier_by(from, rule.length));
        else
            return true;
    }
    /// Forgets what cannot refuse a conversion at `from` or later.
    constexpr void forget(Rule const& rule, Time const& from) {
        std::erase_if(all_, [&](entry const& one) { return !reaches(rule, one, from); });
    }

    [[nodiscard]] constexpr std::vector<entry> const& entries() const { return all_; }
    /// Takes entries back in their order; false if this one does not come after the others.
    [[nodiscard]] bool append(entry one) {
        if (!detail::equals_itself(one.value) ||
            (!all_.empty() && !comes_before(all_.back().value, one.value)))
            return false;
        all_.push_back(std::move(one));
        return true;
    }

  private:
    template <class Value>
    [[nodiscard]] constexpr std::size_t place_of(Value const& value) const {
        refuse_text_address<Value>();
        return static_cast<std::size_t>(
            std::partition_point(all_.begin(), all_.end(),
                                 [&](entry const& one) {
                                     return comes_before(detail::compared_form(one.value),
                                                         detail::compared_form(value));
                                 }) -
            all_.begin());
    }
    template <class Value>
    [[nodiscard]] constexpr bool is_at(std::size_t place, Value const& value) const {
        return place < all_.size() && !comes_before(detail::compared_form(value),
                                                    detail::compared_form(all_[place].value));
    }

    std::vector<entry> all_;  // in the order of values
};

/// What several rules remember of one customer. A conversion counts if none of them refuses it.
template <class Reference, class Time, class... Rules>
class counted_conversions_before {
  public:
    using memories = std::tuple<counted_before<Rules, Reference, Time>...>;

    struct refusal {
        std::size_t because = none_before;
        std::size_t rule = 0;
    };

    /// The first rule that refuses, and the row because of which it does.
    [[nodiscard]] constexpr refusal refuses(std::tuple<Rules...> const& rules, Reference record,
                                            Time const& at) const {
        refusal first;
        for_each(rules, memories_, [&](auto const& rule, auto const& memory, std::size_t number) {
            if (first.because == none_before)
                first = {memory.refuses(rule, record, at), number};
        });
        return first;
    }
    constexpr void note(std::tuple<Rules...> const& rules, Reference record, Time const& at,
                        std::size_t row) {
        for_each(rules, memories_, [&](auto const& rule, auto& memory, std::size_t) {
            memory.note(rule, record, at, row);
        });
    }
    constexpr void forget(std::tuple<Rules...> const& rules, Time const& from) {
        for_each(rules, memories_,
                 [&](auto const& rule, auto& memory, std::size_t) { memory.forget(rule, from); });
    }
    [[nodiscard]] constexpr bool empty() const {
        return std::apply([](auto const&... memory) { return (memory.entries().empty() && ...); },
                          memories_);
    }

    /// Calls `visit(rule, memory)` for each rule.
    template <class Visit>
    constexpr void for_each_rule(std::tuple<Rules...> const& rules, Visit visit) {
        for_each(rules, memories_,
                 [&](auto const& rule, auto& memory, std::size_t) { visit(rule, memory); });
    }
    template <class Visit>
    constexpr void for_each_rule(std::tuple<Rules...> const& rules, Visit visit) const {
        for_each(rules, memories_,
                 [&](auto const& rule, auto const& memory, std::size_t) { visit(rule, memory); });
    }

  private:
    template <class Memories, class Visit>
    static constexpr void for_each(std::tuple<Rules...> const& rules, Memories& memories,
                                   Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (visit(std::get<I>(rules), std::get<I>(memories), I), ...);
        }
        (std::index_sequence_for<Rules...>{});
    }

    memories memories_;
};

}  // namespace attribution::detail
