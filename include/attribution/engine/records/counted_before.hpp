// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/text_value.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>

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
    struct last_counted {
        Time at;
        std::size_t row;
    };
    struct by_value {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(A const& a, B const& b) const {
            return comes_before(detail::compared_form(a), detail::compared_form(b));
        }
    };
    static constexpr bool forgets = !std::same_as<typename Rule::length_type, without_end>;

    /// The row because of which the conversion does not count, or `none_before`.
    [[nodiscard]] std::size_t refuses(Rule const& rule, Reference record, Time const& at) const {
        if (all_.empty())
            return none_before;
        decltype(auto) own = detail::project(rule.projection, record);
        if (detail::is_missing(own))
            return none_before;
        auto const place = find(all_, detail::value_in(own));
        if (place == all_.end() || (Rule::whole_instants && !(place->second.at < at)) ||
            !reaches(rule, place->second, at))
            return none_before;
        return place->second.row;
    }

    /// To be called for conversions that count, in the order of time.
    void note(Rule const& rule, Reference record, Time const& at, std::size_t row) {
        decltype(auto) own = detail::project(rule.projection, record);
        if (detail::is_missing(own))
            return;
        auto const place = find(all_, detail::value_in(own));
        if (place != all_.end())
            place->second = {at, row};
        else
            all_.emplace(value_type(detail::value_in(own)), last_counted{at, row});
    }

    /// Can the entry refuse a conversion at `from` or later?
    [[nodiscard]] static constexpr bool reaches(Rule const& rule, last_counted const& one,
                                                Time const& from) {
        if constexpr (forgets)
            return !(one.at < detail::earlier_by(from, rule.length));
        else
            return true;
    }
    /// Forgets what cannot refuse a conversion at `from` or later.
    void forget(Rule const& rule, Time const& from) {
        std::erase_if(all_, [&](auto const& one) { return !reaches(rule, one.second, from); });
    }

    /// When a conversion of each value last counted, in the order of values.
    using entries_type = std::map<value_type, last_counted, by_value>;
    [[nodiscard]] entries_type const& entries() const { return all_; }
    /// Takes entries back in their order; false if this one does not come after the others.
    [[nodiscard]] bool append(entry one) {
        if (!detail::equals_itself(one.value) ||
            (!all_.empty() && !by_value{}(all_.rbegin()->first, one.value)))
            return false;
        all_.emplace_hint(all_.end(), std::move(one.value), last_counted{one.at, one.row});
        return true;
    }

  private:
    template <class Entries, class Value>
    static auto find(Entries& all, Value const& value) {
        if constexpr (!reads_as_text<Value>)
            refuse_text_address<Value>();
        return all.find(detail::compared_form(value));
    }

    // Not a vector: one customer may have a million values, and each is put in its place.
    entries_type all_;
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
    [[nodiscard]] refusal refuses(std::tuple<Rules...> const& rules, Reference record,
                                  Time const& at) const {
        refusal first;
        for_each(rules, memories_, [&](auto const& rule, auto const& memory, std::size_t number) {
            if (first.because == none_before)
                first = {memory.refuses(rule, record, at), number};
        });
        return first;
    }
    void note(std::tuple<Rules...> const& rules, Reference record, Time const& at,
              std::size_t row) {
        for_each(rules, memories_, [&](auto const& rule, auto& memory, std::size_t) {
            memory.note(rule, record, at, row);
        });
    }
    void forget(std::tuple<Rules...> const& rules, Time const& from) {
        for_each(rules, memories_,
                 [&](auto const& rule, auto& memory, std::size_t) { memory.forget(rule, from); });
    }
    [[nodiscard]] bool empty() const {
        return std::apply([](auto const&... memory) { return (memory.entries().empty() && ...); },
                          memories_);
    }

    /// Calls `visit(rule, memory)` for each rule.
    template <class Visit>
    void for_each_rule(std::tuple<Rules...> const& rules, Visit visit) {
        for_each(rules, memories_,
                 [&](auto const& rule, auto& memory, std::size_t) { visit(rule, memory); });
    }
    template <class Visit>
    void for_each_rule(std::tuple<Rules...> const& rules, Visit visit) const {
        for_each(rules, memories_,
                 [&](auto const& rule, auto const& memory, std::size_t) { visit(rule, memory); });
    }

  private:
    template <class Memories, class Visit>
    static void for_each(std::tuple<Rules...> const& rules, Memories& memories, Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (visit(std::get<I>(rules), std::get<I>(memories), I), ...);
        }
        (std::index_sequence_for<Rules...>{});
    }

    memories memories_;
};

}  // namespace attribution::detail
