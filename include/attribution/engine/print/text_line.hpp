// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/noted_period.hpp>
#include <attribution/engine/values/comes_before.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <ostream>
#include <ratio>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

class text_line;

/// How a result is put into words: a specialisation has `of(text_line&, T const&)`.
template <class T>
struct wording {};

template <class T>
concept worded = requires(text_line& line, T const& result) {
    wording<T>::of(line, result);
};

/// The text of a value as a reader knows it: shortest numbers, instants as dates. What has no text, such
/// as a key of a user's type without <<, is `{?}`.
template <class T>
void write_text(std::ostream& out, T const& value);

/// Names and values, one after the other.
class text_line {
  public:
    explicit text_line(std::ostream& out) : out_{&out} {}

    /// What the line is about.
    template <class T>
    text_line& about(T const& subject) {
        write_text(*out_, subject);
        return note(": ");
    }
    template <class T>
    text_line& say(std::string_view name, T const& value) {
        if (begun_)
            *out_ << ", ";
        begun_ = true;
        *out_ << name << ' ';
        if constexpr (worded<T> && !amount<T>) {
            *out_ << '(';
            text_line inner{*out_};
            wording<T>::of(inner, value);
            *out_ << ')';
        } else {
            write_text(*out_, value);
        }
        return *this;
    }
    /// The next name is the first again.
    text_line& restart() {
        begun_ = false;
        return *this;
    }
    text_line& note(std::string_view words) {
        *out_ << words;
        return *this;
    }
    /// Each of them on a line of its own.
    template <class Results>
    text_line& lines(Results const& results) {
        for (auto const& each : results) {
            text_line line{*out_};
            wording<std::remove_cvref_t<decltype(each)>>::of(line, each);
            *out_ << '\n';
        }
        return *this;
    }
    template <class T>
    text_line& write(T const& value) {
        write_text(*out_, value);
        return *this;
    }

  private:
    std::ostream* out_;
    bool begun_ = false;
};

template <class T>
inline constexpr bool is_sequence = false;
template <class T>
inline constexpr bool is_sequence<std::vector<T>> = true;
template <class T>
concept several_values = requires {
    std::tuple_size<T>::value;
};
template <class T>
concept duration = requires(T const length) {
    typename T::period;
    length.count();
};
template <class T>
concept time_point = requires(T const at) {
    typename T::clock;
    requires duration<decltype(at.time_since_epoch())>;
};

template <duration Length>
void write_duration(std::ostream& out, Length const& length) {
    using period = typename Length::period;
    out << number_text(length.count());
    if constexpr (std::same_as<period, std::ratio<86'400>>)
        out << " days";
    else if constexpr (std::same_as<period, std::ratio<1>>)
        out << " s";
    else if constexpr (period::den == 1)
        out << " * " << period::num << " s";
    else
        out << " * " << period::num << '/' << period::den << " s";
}

template <time_point Time>
void write_instant(std::ostream& out, Time const& at) {
    auto const noted = note(at);
    out << text_of(noted);
    using period = typename Time::duration::period;
    if constexpr (period::num == 1 && period::den > 1 && std::integral<typename Time::rep>) {
        if (noted.has_date) {
            auto const rest = at.time_since_epoch().count() % period::den;
            out << '.'
                << std::to_string(period::den + (rest + period::den) % period::den).substr(1);
        }
    }
}

template <class T>
void write_text(std::ostream& out, T const& value) {
    if constexpr (is_optional<T>) {
        if (value)
            write_text(out, *value);
        else
            out << "(none)";
    } else if constexpr (is_sequence<T>) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i != 0)
                out << " > ";
            write_text(out, value[i]);
        }
    } else if constexpr (several_values<T>) {
        std::size_t i = 0;
        std::apply(
            [&](auto const&... each) {
                ((out << (i++ == 0 ? "" : ", "), write_text(out, each)), ...);
            },
            value);
    } else if constexpr (std::same_as<T, bool>) {
        out << (value ? "yes" : "no");
    } else if constexpr (amount<T> && !std::same_as<T, char>) {
        out << number_text(value);
    } else if constexpr (time_point<T>) {
        write_instant(out, value);
    } else if constexpr (duration<T>) {
        write_duration(out, value);
    } else if constexpr (requires { out << value; }) {
        out << value;
    } else if constexpr (std::is_enum_v<T>) {
        out << std::to_string(static_cast<std::underlying_type_t<T>>(value));
    } else {
        out << "{?}";
    }
}

}  // namespace attribution::detail
