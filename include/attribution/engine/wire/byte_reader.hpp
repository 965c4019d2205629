// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/words.hpp>
#include <attribution/wire/partial_error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace attribution::inline v0_1::detail {

/// Reads what `byte_writer` wrote, and never beyond the end.
class byte_reader {
  public:
    explicit byte_reader(std::string_view bytes) : left_{bytes} {}

    [[nodiscard]] std::size_t left() const { return left_.size(); }
    [[nodiscard]] std::string_view rest() const { return left_; }

    std::string_view raw(std::size_t size) {
        if (size > left_.size())
            throw partial_error{partial_failure::truncated,
                                "the bytes end in the middle of a value"};
        auto const some = left_.substr(0, size);
        left_.remove_prefix(size);
        return some;
    }
    /// A number of so many bytes, at most eight.
    std::uint64_t fixed(std::size_t width = 8) { return detail::word_of(raw(width)); }
    std::uint64_t count() {
        if (!left_.empty() && static_cast<unsigned char>(left_.front()) < 0x80) {
            auto const only = static_cast<unsigned char>(left_.front());
            left_.remove_prefix(1);
            return only;
        }
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            auto const group = std::uint64_t{static_cast<unsigned char>(raw(1).front())};
            if (shift == 63 && group > 1)
                refuse("a number has too many digits");
            if (shift != 0 && group == 0)
                refuse("a number has leading zeros");
            value |= (group & 0x7f) << shift;
            if (group < 0x80)
                return value;
        }
    }
    std::int64_t number() {
        auto const bits = count();
        return static_cast<std::int64_t>(bits >> 1 ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
    }
    /// The number of elements that follow: never more than there are bytes left.
    std::size_t size() {
        auto const many = count();
        if (many > left_.size())
            throw partial_error{partial_failure::truncated,
                                "the bytes end in the middle of a list"};
        return static_cast<std::size_t>(many);
    }
    void finish() const {
        if (!left_.empty())
            refuse("there are bytes after the last value");
    }

    [[noreturn]] static void refuse(char const* what) {
        throw partial_error{partial_failure::corrupt, what};
    }

  private:
    std::string_view left_;
};

}  // namespace attribution::detail
