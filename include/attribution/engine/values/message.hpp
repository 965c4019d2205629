// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace attribution::inline v0_1::detail {

/// Text or a number in a message.
class message_part {
  public:
    constexpr message_part(char const* text) : text_{text} {}
    constexpr message_part(std::string_view text) : text_{text} {}
    constexpr message_part(std::size_t number) : number_{number}, is_number_{true} {}

    using digits = std::array<char, 20>;

    /// The text, or the number's digits, which are written into `own`.
    [[nodiscard]] std::string_view in(digits& own) const {
        if (!is_number_)
            return text_;
        auto first = own.size();
        auto left = number_;
        do {
            own[--first] = static_cast<char>('0' + left % 10);
            left /= 10;
        } while (left != 0);
        char const* const all = own.data();  // of a char*, text asks whether it is an iterator
        return {all + first, own.size() - first};
    }

  private:
    std::string_view text_;
    std::size_t number_ = 0;
    bool is_number_ = false;
};

/// The parts one after another, for the error that an engine's loop throws. Of each `+` and
/// std::to_string in its place, every program would compile a handful of functions of std::string.
inline std::string message(std::initializer_list<message_part> parts) {
    std::string text;
    for (auto const& part : parts) {
        message_part::digits own{};
        auto const next = part.in(own);
        text.append(next.data(), next.size());
    }
    return text;
}

}  // namespace attribution::detail
