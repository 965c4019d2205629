// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What libFuzzer calls with every input.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);

namespace fuzzing {

/// A broken requirement is a crash, as a fuzzer expects it.
inline void require(bool holds, char const* what) {
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

/// Reads decisions and numbers off an input; zeros after its end.
class input {
  public:
    input(std::uint8_t const* bytes, std::size_t size)
        : left_{reinterpret_cast<char const*>(bytes), size} {}

    [[nodiscard]] bool empty() const { return left_.empty(); }
    [[nodiscard]] std::string_view rest() const { return left_; }

    std::uint8_t byte() {
        if (left_.empty())
            return 0;
        auto const first = static_cast<std::uint8_t>(left_.front());
        left_.remove_prefix(1);
        return first;
    }
    /// All bits of a number, the lowest byte first.
    template <std::unsigned_integral T>
    T bits() {
        T value = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i)
            value = static_cast<T>(value | T{byte()} << (8 * i));
        return value;
    }
    std::int64_t number() { return static_cast<std::int64_t>(bits<std::uint64_t>()); }
    /// 0 .. limit - 1, for a limit of up to 65,536.
    std::size_t below(std::size_t limit) {
        auto const drawn = limit > 256 ? bits<std::uint16_t>() : std::uint16_t{byte()};
        return drawn % limit;
    }

  private:
    std::string_view left_;
};

}  // namespace fuzzing
