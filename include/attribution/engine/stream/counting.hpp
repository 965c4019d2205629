// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/counted_before.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/engine/wire/bytes.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

/// Which of a stream's conversions count, see `counted`.
namespace attribution::inline v0_1::detail {

/// A stream of which some conversions do not count.
template <class Conversions>
concept counts_some = requires {
    typename Conversions::rules_type;
};

/// Whether a conversion counts is decided once, when all before it have come.
enum class decision : unsigned char { open, counts, does_not_count };

/// What is kept of each conversion, and of each customer, where all conversions count.
template <class Conversions>
struct counting {
    struct verdict {};
    struct memory {
        [[nodiscard]] static constexpr bool empty() { return true; }
    };
};

template <counts_some Conversions>
struct counting<Conversions> {
    using verdict = decision;
    using time_type = typename Conversions::time_type;
    template <class... Rules>
    static auto memory_for(std::tuple<Rules...> const&)
        -> counted_conversions_before<typename Conversions::reference, time_type, Rules...>;
    using memory = decltype(memory_for(std::declval<typename Conversions::rules_type const&>()));

    /// Forgets what no conversion from `horizon` on can ask for.
    template <class Time>
    static void forget(Conversions const& stream, memory& of, Time const& horizon) {
        if (auto const from = detail::nearest_instant<time_type, nearest::not_after>(horizon))
            of.forget(stream.rules(), *from);
    }

    /// What of a customer's memory a conversion from `horizon` on, or one that waits, can ask for.
    template <class Customer, class Time>
    [[nodiscard]] static memory needed(Conversions const& stream, Customer const& customer,
                                       Time const& horizon) {
        auto of = customer.counted;
        forget(stream, of, customer.earliest_open(horizon));
        return of;
    }

    static void write(byte_writer& out, Conversions const& stream, memory const& of) {
        of.for_each_rule(stream.rules(), [&](auto const&, auto const& each) {
            out.count(each.entries().size());
            for (auto const& [value, last] : each.entries()) {
                detail::write(out, value);
                detail::write(out, last.at);
            }
        });
    }
    /// Errors:     partial_error if the values are not in order.
    [[nodiscard]] static memory read(byte_reader& in, Conversions const& stream) {
        memory of;
        of.for_each_rule(stream.rules(), [&](auto const&, auto& each) {
            using value_type = typename std::remove_cvref_t<decltype(each)>::value_type;
            for (auto left = in.size(); left > 0; --left) {
                auto value = detail::read<value_type>(in);
                auto const at = detail::read<time_type>(in);
                if (!detail::is_on_time_line(at) || !each.append({std::move(value), at, 0}))
                    byte_reader::refuse("what counted of a customer is not in order");
            }
        });
        return of;
    }

    /// The rules, for people.
    [[nodiscard]] static std::string name(Conversions const& stream) {
        return std::apply([](auto const&... rule) { return joined(named(rule)...); },
                          stream.rules());
    }

  private:
    template <class Rule>
    static std::string named(Rule const& rule) {
        std::string text{Rule::name()};
        using length_type = typename Rule::length_type;
        if constexpr (!std::is_same_v<length_type, without_end>)
            text += " " + std::to_string(measure<length_type>::count(rule.length)) + " " +
                    form_name<length_type>();
        return text;
    }
    template <class... Names>
    static std::string joined(std::string first, Names const&... others) {
        ((first += ", " + others), ...);
        return first;
    }
};

}  // namespace attribution::detail
