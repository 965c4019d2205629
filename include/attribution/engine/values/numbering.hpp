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

/// An interner with a table in front for the most common values: small whole numbers.
template <class Stored, class Probe = Stored>
class numbering {
    static constexpr std::size_t table_size = sizeof(Probe) == 1 ? 256 : 1024;

  public:
    static constexpr bool has_table = std::integral<Probe> || std::is_enum_v<Probe>;

    [[nodiscard]] constexpr decltype(auto) operator[](std::size_t id) const { return values_[id]; }

    /// The number of a value. A new value gets a new number.
    constexpr std::size_t operator()(Probe const& value) {
        if constexpr (has_table)
            return std::is_constant_evaluated() ? values_(value) : look_up(value);
        else
            return values_(value);
    }

  private:
    std::size_t look_up(Probe value) {
        // Negative values lie above the table.
        auto const place = static_cast<std::uint64_t>(value);  // NOLINT(*-signed-char-misuse)
        if (place < table_size && table_[place] != 0)
            return std::size_t{table_[place]} - 1;
        return number_anew(value, place);
    }

    ATTRIBUTION_OUT_OF_LINE std::size_t number_anew(Probe value, std::uint64_t place) {
        auto const number = values_(value);
        if (place < table_size && number < 0xffff)
            table_[place] = static_cast<std::uint16_t>(number + 1);
        return number;
    }

    interner<Stored, Probe> values_;
    std::array<std::uint16_t, has_table ? table_size : 0> table_{};  // 1 + the number, 0 if unknown
};

}  // namespace attribution::detail
