// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/text_set.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Texts of many records, each in as many bytes as it has and four: a std::string takes 32, and an
/// allocation if it is longer than 15.
namespace examples {

class text_store;
class kept_once;
class maybe_text;

/// A text in a store: eight bytes. It lives as long as the store does.
class kept_text {
  public:
    kept_text() = default;  // the empty text

    [[nodiscard]] std::string_view view() const {
        std::uint32_t size = 0;
        std::memcpy(&size, begin_, sizeof size);
        return {begin_ + sizeof size, size};
    }
    operator std::string_view() const { return view(); }
    [[nodiscard]] bool empty() const { return view().empty(); }

    friend bool operator==(kept_text a, kept_text b) {
        return a.begin_ == b.begin_ || a.view() == b.view();
    }
    friend std::strong_ordering operator<=>(kept_text a, kept_text b) {
        return a.view() <=> b.view();
    }

  private:
    friend text_store;
    friend kept_once;
    friend maybe_text;
    explicit kept_text(char const* begin) : begin_{begin} {}

    static constexpr char nothing[sizeof(std::uint32_t)] = {};
    char const* begin_ = nothing;  // the size, and then the text
};

/// A name in a store, of which there are few on many rows: see name_store.
struct kept_name : kept_text {
    kept_name() = default;
    kept_name(kept_text name) : kept_text{name} {}
};

/// A text in a store, or none; also eight bytes.
class maybe_text {
  public:
    maybe_text() = default;  // none
    maybe_text(kept_text text) : text_{text} {}

    [[nodiscard]] bool has_value() const { return text_.begin_ != nullptr; }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] kept_text const& operator*() const { return text_; }
    [[nodiscard]] std::optional<std::string_view> view() const {
        return has_value() ? std::optional{text_.view()} : std::nullopt;
    }

  private:
    kept_text text_{nullptr};
};

/// Where texts are kept. They stay where they are, also if the store is moved.
///
/// Complexity: four bytes a text besides its own, and at most a block of 64 KiB.
class text_store {
  public:
    /// Keeps the text.
    ///
    /// Errors: std::length_error, if it has 4 GiB.
    [[nodiscard]] kept_text keep(std::string_view text) {
        if (text.empty())
            return {};
        auto const size = static_cast<std::uint32_t>(text.size());
        if (size != text.size())
            throw std::length_error{"text_store: a text is longer than 4 GiB"};
        auto* const place = room(sizeof size + text.size());
        std::memcpy(place, &size, sizeof size);
        std::memcpy(place + sizeof size, text.data(), text.size());
        return kept_text{place};
    }

  private:
    static constexpr std::size_t block_size = std::size_t{64} << 10U;

    [[nodiscard]] char* room(std::size_t size) {
        if (size > left_) {
            auto const made = std::max(size, block_size);
            blocks_.push_back(std::make_unique<char[]>(made));
            next_ = blocks_.back().get();
            left_ = made;
        }
        auto* const place = next_;
        next_ += size;
        left_ -= size;
        return place;
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

/// Which texts a store has, of those that were kept through it, so that each is there once: keys, which
/// are on many rows. It is needed only as long as texts are added.
class kept_once {
  public:
    [[nodiscard]] kept_text keep(text_store& store, std::string_view text) {
        if (latest_.view() != text)  // rows of one key often follow each other
            latest_ = numbered(
                known_.add(text, [&](std::string_view added) { return store.keep(added).view(); }));
        return latest_;
    }
    /// The text, if it is there.
    [[nodiscard]] maybe_text find(std::string_view text) const {
        auto const number = known_.find(text);
        return number == text_set::none ? maybe_text{} : maybe_text{numbered(number)};
    }

  private:
    [[nodiscard]] kept_text numbered(std::size_t number) const {
        return kept_text{known_.texts()[number].data() - sizeof(std::uint32_t)};
    }

    text_set known_;
    kept_text latest_;
};

/// Keeps each text once: names of which there are few on many rows.
class name_store {
  public:
    [[nodiscard]] kept_text keep(std::string_view text) { return known_.keep(texts_, text); }

  private:
    text_store texts_;
    kept_once known_;
};

}  // namespace examples

template <>
struct std::hash<examples::kept_text> {
    std::size_t operator()(examples::kept_text text) const {
        return std::hash<std::string_view>{}(text.view());
    }
};
template <>
struct std::hash<examples::kept_name> : std::hash<examples::kept_text> {};
