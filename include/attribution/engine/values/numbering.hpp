// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/engine/values/interner.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// For who keeps nothing by number.
struct keeps_nothing {
    constexpr void operator()(std::size_t) const {}
};

/// An interner with a table in front for the most common values: small whole numbers.
template <class Stored, class Probe = Stored>
class numbering {
    static_assert(!std::is_array_v<Stored>,
                  "attribution: a group or channel cannot be a C array, but of char; make it a "
                  "std::array in the projection");

    static constexpr std::size_t table_size = sizeof(Probe) == 1 ? 256 : 1024;

  public:
    static constexpr bool has_table = std::integral<Probe> || std::is_enum_v<Probe>;

    [[nodiscard]] constexpr decltype(auto) operator[](std::size_t id) const { return values_[id]; }

    /// The number of a value. A new value gets a new number.
    ///
    /// `make_room(number)` is called before, unless it was called for a number in the table, so that what is
    /// kept by number need not be looked for each time. All calls must make the same room.
    template <class MakeRoom = keeps_nothing>
    constexpr std::size_t operator()(Probe const& value, MakeRoom make_room = {}) {
        if constexpr (has_table)
            if (!std::is_constant_evaluated())
                return look_up(value, make_room);
        auto const number = values_(value);
        make_room(number);
        return number;
    }

  private:
    // Negative values lie above the table.
    static constexpr std::uint64_t place_of(Probe value) {
        return static_cast<std::uint64_t>(value);  // NOLINT(*-signed-char-misuse)
    }

    template <class MakeRoom>
    std::size_t look_up(Probe value, MakeRoom make_room) {
        auto const place = place_of(value);
        if (place < table_size && table_[place] != 0)
            return std::size_t{table_[place]} - 1;
        return number_anew(value, make_room);
    }

    template <class MakeRoom>
    ATTRIBUTION_OUT_OF_LINE std::size_t number_anew(Probe value, MakeRoom make_room) {
        auto const number = values_(value);
        make_room(number);
        if (auto const place = place_of(value); place < table_size && number < 0xffff)
            table_[place] = static_cast<std::uint16_t>(number + 1);
        return number;
    }

    interner<Stored, Probe> values_;
    std::array<std::uint16_t, has_table ? table_size : 0> table_{};  // 1 + the number, 0 if unknown
};

}  // namespace attribution::detail
