// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/law.hpp"
#include "support/wide_number.hpp"

#include <attribution/attribute.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// The values at which code breaks, of every type that a field of a record may have, in one table; worlds
/// of records whose fields are drawn from it; and what is promised of each: "any value of any field gives
/// credits or an error that names the row".
namespace edges {

namespace att = attribution;
using support::broken;
using support::random_numbers;
using support::wide_number;

/// Two texts of the same characters at different addresses.
inline constexpr char some_text[] = "a";
inline constexpr char same_text[] = "a";

/// Ordinary values, which come first, and all edges of their type.
template <class T>
struct table;

template <std::integral T>
struct table<T> {
    using limits = std::numeric_limits<T>;
    static std::vector<T> usual() { return {0, 1, 2, 3}; }
    static std::vector<T> odd() {
        return {limits::min(),
                limits::max(),
                static_cast<T>(limits::min() + 1),
                static_cast<T>(limits::max() - 1),
                static_cast<T>(-1),
                static_cast<T>(limits::max() / 2 + 1)};
    }
};
template <std::floating_point T>
struct table<T> {
    using limits = std::numeric_limits<T>;
    static std::vector<T> usual() { return {0, 1, 2, T{1.5}}; }
    static std::vector<T> odd() {
        return {limits::quiet_NaN(),  -T{0},
                limits::infinity(),   -limits::infinity(),
                limits::max(),        limits::lowest(),
                limits::min(),        limits::denorm_min(),
                -limits::quiet_NaN(), -1};
    }
};
template <>
struct table<char const*> {
    static std::vector<char const*> usual() { return {some_text, "b", same_text}; }
    static std::vector<char const*> odd() { return {nullptr, ""}; }
};
template <>
struct table<std::string> {
    static std::vector<std::string> usual() {
        return {"a", "b", "a text too long to be kept inside"};
    }
    static std::vector<std::string> odd() { return {"", std::string(1, '\0')}; }
};
template <class Clock, class Duration>
struct table<std::chrono::time_point<Clock, Duration>> {
    using time = std::chrono::time_point<Clock, Duration>;
    static std::vector<time> made(std::vector<typename Duration::rep> const& counts) {
        std::vector<time> all;
        for (auto const count : counts)
            all.push_back(time{Duration{count}});
        return all;
    }
    static std::vector<time> usual() { return made(table<typename Duration::rep>::usual()); }
    static std::vector<time> odd() {
        auto all = made(table<typename Duration::rep>::odd());
        // The placeholder for "never", 9999-12-31, where the clock holds it.
        using seconds = std::chrono::duration<double>;
        constexpr double never = 253'370'764'800;
        if (std::chrono::duration_cast<seconds>(Duration::max()).count() > never)
            all.push_back(time{std::chrono::duration_cast<Duration>(seconds{never})});
        return all;
    }
};
template <class T>
struct table<std::optional<T>> {
    static std::vector<std::optional<T>> made(std::vector<T> const& values) {
        return {values.begin(), values.end()};
    }
    static std::vector<std::optional<T>> usual() { return made(table<T>::usual()); }
    static std::vector<std::optional<T>> odd() {
        auto all = made(table<T>::odd());
        all.insert(all.begin(), std::nullopt);
        return all;
    }
};

/// An ordinary value, and once in `rarely` one that is not.
template <class T>
T drawn(random_numbers& random, std::size_t rarely) {
    static auto const usual = table<T>::usual();
    static auto const odd = table<T>::odd();
    return random.chance(rarely) ? odd[random.below(odd.size())]
                                 : usual[random.below(usual.size())];
}

/// Does a value of the table mean that it is missing?
template <class T>
bool says_nothing(T const& value) {
    if constexpr (std::is_floating_point_v<T>)
        return value != value;
    else if constexpr (std::is_pointer_v<T>)
        return value == nullptr;
    else if constexpr (requires { value.has_value(); })
        return !value.has_value() || says_nothing(*value);
    else if constexpr (requires { value.time_since_epoch().count(); })
        return says_nothing(value.time_since_epoch().count());
    else
        return false;
}
/// May it name a group? An empty std::optional does.
template <class T>
bool names_group(T const& value) {
    if constexpr (requires { value.has_value(); })
        return !value.has_value() || std::is_pointer_v<std::remove_cvref_t<decltype(*value)>> ||
               !says_nothing(*value);
    else
        return !says_nothing(value);
}
template <class T>
bool is_finite(T value) {
    if constexpr (std::is_floating_point_v<T>)
        return value - value == 0;
    else
        return true;
}

/// What the fields of records are.
template <class Id, class TouchTime, class SaleTime, class Value, class Group>
struct types {
    using id_type = Id;
    using value_type = Value;
    using group_type = Group;
    struct touch {
        std::int64_t number;  // in the order of rows
        Id user;
        TouchTime at;
        Group channel;
        Id id;
        double usage;
    };
    struct sale {
        std::int64_t number;
        Id user;
        SaleTime at;
        Value value;
        Group region;
        Id id;
        std::optional<TouchTime> from;
    };
};

using numbers = types<double, double, double, double, double>;
using texts = types<char const*, std::int64_t, std::int64_t, std::int64_t, char const*>;
using optionals =
    types<std::optional<std::int64_t>, std::chrono::sys_time<std::chrono::nanoseconds>,
          std::chrono::sys_time<std::chrono::duration<std::int32_t, std::ratio<86'400>>>,
          std::int8_t, std::optional<char const*>>;
using wide = types<std::string, std::uint64_t, std::uint64_t, std::uint64_t, std::optional<double>>;

/// A few records, some of whose fields are odd.
template <class Types>
struct world {
    using touch = typename Types::touch;
    using sale = typename Types::sale;
    using value_type = typename Types::value_type;

    std::vector<touch> log;
    std::vector<sale> book;

    explicit world(random_numbers& random) {
        // Often one field alone is odd, so that nothing else is refused before.
        auto const odd_field = random.below(9);
        auto const rarely = [&](std::size_t field) -> std::size_t {
            return odd_field == 8 ? 4 : odd_field == field ? 2 : 1'000;
        };
        for (std::int64_t left = 0; left < static_cast<std::int64_t>(random.below(6)); ++left)
            log.push_back({left, field<decltype(touch::user)>(random, rarely(0)),
                           field<decltype(touch::at)>(random, rarely(1)),
                           field<decltype(touch::channel)>(random, rarely(2)),
                           field<decltype(touch::id)>(random, rarely(3)),
                           field<double>(random, rarely(4))});
        for (std::int64_t left = 0; left < static_cast<std::int64_t>(random.below(4)); ++left)
            book.push_back({left, field<decltype(sale::user)>(random, rarely(0)),
                            field<decltype(sale::at)>(random, rarely(1)),
                            field<value_type>(random, rarely(5)),
                            field<decltype(sale::region)>(random, rarely(6)),
                            field<decltype(sale::id)>(random, rarely(3)),
                            field<decltype(sale::from)>(random, rarely(7))});
    }

    auto touches() const { return att::touchpoints(log, &touch::user, &touch::at); }
    auto sales() const { return att::conversions(book, &sale::user, &sale::at, &sale::value); }

    bool odd_times() const {
        return any(log, [](touch const& t) { return is_odd_time(t.at); }) ||
               any(book, [](sale const& s) { return is_odd_time(s.at); });
    }
    bool odd_values() const {
        return any(book, [](sale const& s) { return !is_finite(s.value); });
    }
    bool odd_channels() const {
        return any(log, [](touch const& t) { return !names_group(t.channel); });
    }
    bool odd_regions() const {
        return any(book, [](sale const& s) { return !names_group(s.region); });
    }
    /// Might sums of the values, or of their rounded shares, not fit?
    bool large_values() const {
        auto const roundings =
            std::is_floating_point_v<value_type> ? size() * 1e-9 : wide_number{0};
        return size() + roundings >
               static_cast<wide_number>(std::numeric_limits<value_type>::max());
    }
    /// The sum of what they are worth without their signs.
    wide_number size() const {
        wide_number sum = 0;
        for (auto const& s : book)
            sum += s.value < 0 ? -static_cast<wide_number>(s.value)
                               : static_cast<wide_number>(s.value);
        return sum;
    }
    wide_number total() const {
        wide_number sum = 0;
        for (auto const& s : book)
            sum += static_cast<wide_number>(s.value);
        return sum;
    }

  private:
    template <class T>
    static T field(random_numbers& random, std::size_t rarely) {
        return drawn<T>(random, rarely);
    }
    template <class Records, class Test>
    static bool any(Records const& records, Test test) {
        for (auto const& one : records)
            if (test(one))
                return true;
        return false;
    }
    /// NaNs are refused; and where two clocks meet, what cannot be told from what lies beyond.
    template <class Time>
    static bool is_odd_time(Time at) {
        if constexpr (std::is_same_v<decltype(touch::at), decltype(sale::at)>)
            return says_nothing(at);
        else
            return at == Time::min() || at == Time::max();
    }
};

/// What a call may do besides giving its result: throw one of these, in the name of a function, at a row.
struct refusal {
    bool expected;          // does the world hold what is refused?
    bool overflow = false;  // might a sum not fit?
    bool invalid = false;   // might records contradict each other?
};

inline bool begins_with(std::string_view text, std::string_view name) {
    return text.substr(0, name.size()) == name;
}

/// The call gives a result, whose promises it checks itself, or an error of a documented type that
/// begins with one of the names and names a row.
template <class Call>
void result_or_refusal(refusal may, std::initializer_list<std::string_view> names, Call call) {
    auto const judge = [&](std::string_view text, bool allowed) {
        bool named = false;
        for (auto const name : names)
            named = named || (begins_with(text, name) && text[name.size()] == ':');
        if (!named)
            broken("an error that does not name its function: ", text);
        if (!allowed)
            broken("refused what is not odd: ", text);
    };
    try {
        call();
    } catch (std::domain_error const& refused) {
        std::string_view const text = refused.what();
        if (text.find(" row ") == std::string_view::npos)
            broken("an error that names no row: ", text);
        judge(text, may.expected);
    } catch (std::invalid_argument const& refused) {
        std::string_view const text = refused.what();
        if (text.find(" row ") == std::string_view::npos)
            broken("an error that names no row: ", text);
        judge(text, may.invalid);
    } catch (std::overflow_error const& overflow) {
        if (!may.overflow)
            broken("a sum that fits overflowed: ", overflow.what());
    }
}

/// Are they the same but for roundings of what they were added up from, which is of that size? The
/// smallest doubles have no halves.
inline bool same_sum(wide_number a, wide_number b, wide_number size) {
    // Where sums of large doubles do not fit, they say nothing.
    if constexpr (std::is_same_v<wide_number, support::two_doubles>)
        if (!(a - a + (b - b) + (size - size) == 0))
            return true;
    auto const difference = a < b ? b - a : a - b;
    return difference <= size * 1e-9 + 64.0 * std::numeric_limits<double>::denorm_min();
}

/// A length of two on the records' clock.
template <class Journeys>
auto two_ticks() {
    return att::detail::measure<att::detail::length_of<typename Journeys::time_type>>::make(2);
}

/// Every conversion is given away whole, to touchpoints of its own customer.
template <class World, class Credits>
void whole(World const& all, Credits const& credits) {
    std::vector<wide_number> sums(all.book.size(), 0);
    std::vector<std::size_t> seen(all.book.size(), 0);
    for (auto const& one : credits) {
        sums.at(one.conversion) += static_cast<wide_number>(one.amount);
        ++seen.at(one.conversion);
        if (!one.attributed())
            continue;
        auto const& touch = all.log.at(one.touchpoint);
        auto const& sale = all.book.at(one.conversion);
        if (says_nothing(touch.user) || says_nothing(sale.user) ||
            att::detail::compared_form(att::detail::value_in(touch.user)) !=
                att::detail::compared_form(att::detail::value_in(sale.user)))
            broken("a credit for a touchpoint of somebody else, row ", one.touchpoint);
    }
    for (std::size_t row = 0; row < sums.size(); ++row)
        if (auto const value = static_cast<wide_number>(all.book[row].value);
            seen[row] == 0 || !same_sum(sums[row], value, value < 0 ? -value : value))
            broken("conversion row ", row, " is worth ", value, ", and ", sums[row],
                   " of it was given away");
}

inline void same(wide_number a, wide_number b, wide_number size, char const* what) {
    if (!same_sum(a, b, size))
        broken(what, " adds up to ", a, ", not to ", b);
}

template <class Law>
void for_all_kinds(Law law) {
    support::for_all_worlds([&](random_numbers& random) {
        world<numbers> const all{random};
        law(all, random);
    });
    support::for_all_worlds([&](random_numbers& random) {
        world<texts> const all{random};
        law(all, random);
    });
    support::for_all_worlds([&](random_numbers& random) {
        world<optionals> const all{random};
        law(all, random);
    });
    support::for_all_worlds([&](random_numbers& random) {
        world<wide> const all{random};
        law(all, random);
    });
}

}  // namespace edges
