// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/engine/wire/number_forms.hpp>

#include <string>
#include <string_view>

namespace attribution::inline v0_1::detail {

template <class T>
    requires(is_time_point<T> || is_duration<T>)
struct byte_form<T> {
    using rep = typename measure<T>::rep;
    static std::string name() {
        return std::string{is_time_point<T> ? "time" : "duration"} + " of " +
               std::to_string(measure<T>::period::num) + '/' +
               std::to_string(measure<T>::period::den) + " s in " + byte_form<rep>::name();
    }
    static void write(byte_writer& out, T value) {
        byte_form<rep>::write(out, measure<T>::count(value));
    }
    static T read(byte_reader& in) { return measure<T>::make(byte_form<rep>::read(in)); }
};

template <unit_amount T>
struct byte_form<T> {
    using units = typename T::units_type;
    static std::string name() { return "units of " + byte_form<units>::name(); }
    static void write(byte_writer& out, T const& value) {
        byte_form<units>::write(out, value.units());
    }
    static T read(byte_reader& in) { return T::from_units(byte_form<units>::read(in)); }
};

template <>
struct byte_form<std::string> {
    static std::string name() { return "text"; }
    static void write(byte_writer& out, std::string_view value) {
        out.count(value.size());
        out.raw(value);
    }
    static std::string read(byte_reader& in) { return std::string{in.raw(in.size())}; }
};

template <class T>
    requires(may_be_empty<T> && !reads_as_text<T>)
struct byte_form<T> {
    using value_type = value_type_in<T>;
    static std::string name() { return "optional " + byte_form<value_type>::name(); }
    static void write(byte_writer& out, T const& value) {
        out.count(value.has_value() ? 1 : 0);
        if (value.has_value())
            byte_form<value_type>::write(out, *value);
    }
    static T read(byte_reader& in) {
        auto const present = in.count();
        if (present > 1)
            byte_reader::refuse("an optional value is neither present nor missing");
        return present == 0 ? T{} : T{byte_form<value_type>::read(in)};
    }
};

}  // namespace attribution::detail
