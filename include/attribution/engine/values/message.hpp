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

    void append_to(std::string& message) const {
        if (!is_number_) {
            message.append(text_.data(), text_.size());
            return;
        }
        std::array<char, 20> digits{};
        auto first = digits.size();
        auto left = number_;
        do {
            digits[--first] = static_cast<char>('0' + left % 10);
            left /= 10;
        } while (left != 0);
        message.append(digits.data() + first, digits.size() - first);
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
    for (auto const& part : parts)
        part.append_to(text);
    return text;
}

}  // namespace attribution::detail
