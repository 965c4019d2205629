// SPDX-License-Identifier: BSL-1.0
#include "columns.hpp"

#include <support/csv.hpp>
#include <support/names.hpp>
#include <support/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace own_files {

namespace {

/// "User ID" is user_id.
std::string plain(std::string_view name) {
    auto text = examples::folded(name);
    std::ranges::replace_if(
        text, [](char c) { return c == ' ' || c == '-' || c == '.'; }, '_');
    return text;
}

}  // namespace

std::optional<std::string> column_finder::guess(column_role const& role) const {
    for (auto const usual : role.usual)
        for (auto const& column : header_)
            if (plain(column) == usual)
                return column;
    for (auto const ending : role.endings) {
        std::vector<std::string> fitting;
        for (auto const& column : header_)
            if (plain(column).ends_with(ending))
                fitting.push_back(column);
        if (fitting.size() == 1)
            return fitting.front();
    }
    return std::nullopt;
}

std::size_t column_finder::take(column_role const& role, std::string const& column, bool guessed) {
    said_.push_back(fmt::format("{} is {}{}", role.what, column, guessed ? " (guessed)" : ""));
    chosen_.push_back(column);
    return chosen_.size() - 1;
}

std::optional<std::size_t> column_finder::find(column_role const& role, std::string const& names) {
    auto const has = [&](std::string const& name) { return std::ranges::count(header_, name) > 0; };
    if (names.empty()) {
        if (auto const found = guess(role))
            return take(role, *found, true);
        if (!role.needed)
            return std::nullopt;
        throw examples::input_error{
            {table_},
            fmt::format("no column looks like the {}: name it with {} COLUMN; there are {}",
                        role.what, role.option, fmt::join(header_, ", "))};
    }
    if (has(names))  // a name with commas in it
        return take(role, names, false);
    auto const words = examples::words_in(names);
    for (auto const& name : words)
        if (has(name))
            return take(role, name, false);
    auto const near = words.empty() ? std::nullopt : examples::nearest(words.front(), header_);
    throw examples::input_error{
        {table_},
        fmt::format("there is no column {} for {}{}; there are {}", fmt::join(words, " or "),
                    role.option, near ? fmt::format(", perhaps {} is meant", *near) : std::string{},
                    fmt::join(header_, ", "))};
}

void column_finder::check(column_role const& role, std::string const& names) {
    if (names.empty())
        return;
    (void)find(role, names);
    chosen_.pop_back();
    said_.pop_back();
}

std::string column_finder::text() const {
    return fmt::format("{}: {}", table_, fmt::join(said_, ", "));
}

}  // namespace own_files
