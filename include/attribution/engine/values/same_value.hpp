// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <optional>
#include <string_view>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Is what was seen the value that is wanted? Texts are compared by their characters, and numbers
/// of different types by their values. A null pointer equals no text, and what is empty only what
/// is wanted empty.
template <class Seen, class Wanted>
constexpr bool same_value(Seen const& seen, Wanted const& wanted) {
    if constexpr (std::is_arithmetic_v<Seen> && std::is_arithmetic_v<Wanted>) {
        using common = common_key_t<Seen, Wanted>;
        return common(seen) == common(wanted);
    } else if constexpr (reads_as_text<Seen> && reads_as_text<Wanted>) {
        return has_value(seen) && has_value(wanted) &&
               std::string_view(seen) == std::string_view(wanted);
    } else if constexpr (may_be_empty<Seen> && !may_be_empty<Wanted> &&
                         !std::is_same_v<Wanted, std::nullopt_t>) {
        return seen.has_value() && detail::same_value(*seen, wanted);
    } else if constexpr (may_be_empty<Seen> && may_be_empty<Wanted>) {
        return seen.has_value() == wanted.has_value() &&
               (!seen.has_value() || detail::same_value(*seen, *wanted));
    } else if constexpr (may_be_empty<Wanted>) {
        return wanted.has_value() && detail::same_value(seen, *wanted);
    } else {
        if constexpr (holds_text_address<Wanted>)
            refuse_text_address<Seen>();
        return seen == wanted;
    }
}

}  // namespace attribution::detail
