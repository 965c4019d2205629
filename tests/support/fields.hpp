// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>

/// Records and their `members()`: a member that is not listed is neither written nor read.
namespace support {

struct any_field {
    template <class T>
    operator T() const;  // NOLINT(google-explicit-constructor): it stands for any value
};

template <class Record, std::size_t... I>
constexpr bool has_fields(std::index_sequence<I...>) {
    return requires {
        Record{(static_cast<void>(I), any_field{})...};
    };
}

/// How many members an aggregate without bases has.
template <class Record, std::size_t Tried = 16>
constexpr std::size_t field_count() {
    static_assert(std::is_aggregate_v<Record>);
    if constexpr (has_fields<Record>(std::make_index_sequence<Tried>{}))
        return Tried;
    else
        return field_count<Record, Tried - 1>();
}

/// Does `members()` list each member, and none twice?
template <class Record>
bool lists_all_members() {
    Record const one{};
    auto const places = std::apply(
        [&](auto... member) {
            return std::set<void const*>{static_cast<void const*>(&(one.*member))...};
        },
        Record::members());
    return places.size() == std::tuple_size_v<decltype(Record::members())> &&
           places.size() == field_count<Record>();
}

}  // namespace support
