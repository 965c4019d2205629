// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/wire/configuration.hpp>

#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

/// Which parts a partial result is made of, each by a name of your own, such as the day: so that
/// none is merged twice. Say them to `to_bytes` and `merge_bytes`, after the configuration.
///
/// Shape:      different names, in ascending order.
/// Edges:      an empty text is a name like others.
/// Errors:     `merge_bytes` refuses a name that it has (`partial_failure::already_merged`).
/// Complexity: O(log n) for each name.
/// Example:    examples/recipes/daily_job.cpp
class part_names {
  public:
    part_names() = default;
    part_names(std::initializer_list<std::string> names) : names_(names) {}
    explicit part_names(std::set<std::string> names) : names_(std::move(names)) {}

    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    [[nodiscard]] bool empty() const noexcept { return names_.empty(); }
    [[nodiscard]] bool contains(std::string const& name) const { return names_.contains(name); }
    [[nodiscard]] std::set<std::string> const& all() const& noexcept { return names_; }
    [[nodiscard]] std::set<std::string> all() const&& { return names_; }

    friend bool operator==(part_names const&, part_names const&) = default;

  private:
    std::set<std::string> names_;
};

namespace detail {

/// What a description says if the bytes begin with the names of the parts.
inline constexpr std::string_view named_parts = "names of parts";

inline configuration with_named_parts(configuration how) {
    how.more.emplace_back(named_parts, "before the result");
    return how;
}

inline void write_names(byte_writer& out, part_names const& names) {
    out.count(names.size());
    for (auto const& name : names.all())
        detail::write(out, name);
}

inline std::set<std::string> read_names(byte_reader& in) {
    std::set<std::string> names;
    for (auto left = in.size(); left > 0; --left) {
        auto name = detail::read<std::string>(in);
        if (!names.empty() && !(*names.rbegin() < name))
            byte_reader::refuse("the names of parts are not in order, or one is there twice");
        names.insert(names.end(), std::move(name));
    }
    return names;
}

}  // namespace detail

}  // namespace attribution
