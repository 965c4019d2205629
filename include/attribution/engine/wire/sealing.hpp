// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/words.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The description of a serialised result, as lines `name: value`.
class description {
  public:
    description(std::string kind, std::string values, configuration const& how) {
        add("kind", std::move(kind));
        add("values", std::move(values));
        add("model", how.model);
        add("policy", how.policy);
        add("grouping", how.grouping);
        add("rounding", "weights to 2^-61 of the largest, largest remainder");
        for (auto const& [name, value] : how.more)
            add(name, value);
    }

    [[nodiscard]] std::string text() const {
        std::string lines;
        for (auto const& [name, value] : entries_)
            lines.append(name).append(": ").append(value).append("\n");
        return lines;
    }

    /// The first difference to another description, in one sentence; empty if there is none.
    [[nodiscard]] std::string difference(std::string_view other) const {
        std::string differences;
        auto const tell = [&](std::string const& name, std::string const& own,
                              std::string const& theirs) {
            differences += (differences.empty() ? "" : "; ") + name + " is '" + theirs +
                           "', and here '" + own + '\'';
        };
        auto const theirs = parse(other);
        auto const value_in = [](auto const& entries, std::string const& name) {
            auto const found = std::find_if(entries.begin(), entries.end(),
                                            [&](auto const& e) { return e.first == name; });
            return found == entries.end() ? std::string{"(not said)"} : found->second;
        };
        for (auto const& [name, value] : entries_)
            if (auto const said = value_in(theirs, name); said != value)
                tell(name, value, said);
        for (auto const& [name, value] : theirs)
            if (value_in(entries_, name) == "(not said)")
                tell(name, "(not said)", value);
        return differences;
    }

    using entry = std::pair<std::string, std::string>;

  private:
    void add(std::string name, std::string value) {
        if (name.empty() || name.find_first_of(":\n") != std::string::npos ||
            value.find('\n') != std::string::npos)
            throw std::invalid_argument{"configuration: '" + name +
                                        "' must be a name without colon, and neither it nor its "
                                        "value may have a line break"};
        for (auto const& each : entries_)
            if (each.first == name)
                throw std::invalid_argument{"configuration: '" + name + "' is said twice"};
        entries_.emplace_back(std::move(name), std::move(value));
    }

  public:
    static std::vector<entry> parse(std::string_view text) {
        std::vector<entry> entries;
        std::set<std::string_view> names;
        while (!text.empty()) {
            auto const line = text.substr(0, text.find('\n'));
            auto const name = line.substr(0, line.find(':'));
            if (name.empty() || line.substr(name.size(), 2) != ": " || line.size() == text.size())
                byte_reader::refuse("the description is not made of lines 'name: value'");
            if (!names.insert(name).second)
                byte_reader::refuse("the description says a name twice");
            entries.emplace_back(name, line.substr(name.size() + 2));
            text.remove_prefix(line.size() + 1);
        }
        return entries;
    }

  private:
    std::vector<entry> entries_;
};

// Like those of PNG, the first bytes show whether a file was opened as text on its way.
inline constexpr std::string_view sealed_magic{"\x89\x41\x54\x54\r\n\x1a\n", 8};
inline constexpr std::uint32_t sealed_version = 2;  // 1 had every digit of floating sums

struct sealed_parts {
    std::string_view about;
    std::string_view body;
};

/// Takes sealed bytes apart, after all checks that are possible without knowing what they hold.
inline sealed_parts unsealed(std::string_view bytes) {
    auto const refuse = [](partial_failure fault, std::string const& what) {
        throw partial_error{fault, what};
    };
    if (bytes.empty())
        refuse(partial_failure::truncated, "there are no bytes");
    if (!bytes.starts_with(sealed_magic.substr(0, bytes.size())))
        refuse(partial_failure::not_a_partial,
               "this is not a serialised result, or it was changed by being sent as text");
    byte_reader in{bytes};
    try {
        (void)in.raw(sealed_magic.size());
        auto const version = in.fixed(4);
        if (version != sealed_version)
            refuse(partial_failure::other_version,
                   "the bytes are of format version " + std::to_string(version) +
                       ", this program reads version " + std::to_string(sealed_version));
        auto const about = in.raw(static_cast<std::size_t>(in.fixed(4)));
        auto const hash = in.fixed();
        auto const body = in.raw(static_cast<std::size_t>(in.fixed()));
        auto const checked = bytes.size() - in.left();
        auto const expected = in.fixed();
        if (in.left() != 0)
            refuse(partial_failure::corrupt, "there are bytes after the end");
        if (checksum(bytes.substr(0, checked)) != expected || stable_hash(about) != hash)
            refuse(partial_failure::corrupt, "the checksum is wrong: bytes were changed");
        return {about, body};
    } catch (partial_error const& error) {
        if (error.reason() == partial_failure::truncated)
            refuse(partial_failure::truncated,
                   "the bytes end early: only " + std::to_string(bytes.size()) + " are there");
        throw;
    }
}

/// magic, version (4 bytes), length of the description (4), description, its stable_hash (8),
/// length of the body (8), body, checksum of everything before it (8); numbers with the lowest
/// byte first. `write_body(out)` writes the body.
template <class WriteBody>
std::string sealed(description const& about, WriteBody write_body) {
    byte_writer out;
    auto const text = about.text();
    out.raw(sealed_magic);
    out.fixed(sealed_version, 4);
    out.fixed(text.size(), 4);
    out.raw(text);
    out.fixed(stable_hash(text));
    auto const length = out.size();
    out.fixed(0);
    auto const body = out.size();
    write_body(out);
    out.replace(length, out.size() - body);
    out.fixed(checksum(out.bytes()));
    return out.take();
}

inline std::string seal(description const& about, std::string_view body) {
    return detail::sealed(about, [&](byte_writer& out) { out.raw(body); });
}

/// The body of bytes that were sealed with the same description.
inline std::string_view unseal(description const& expected, std::string_view bytes) {
    auto const parts = unsealed(bytes);
    if (parts.about == expected.text())
        return parts.body;
    auto const difference = expected.difference(parts.about);
    if (difference.empty())
        byte_reader::refuse("the description has its lines in another order");
    throw partial_error{partial_failure::other_configuration,
                        "these results are of another configuration: " + difference};
}

}  // namespace attribution::detail
