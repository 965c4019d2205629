// SPDX-License-Identifier: BSL-1.0
#include <support/terminal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include <unistd.h>

namespace examples {

namespace {

// By hand: fmt colours what it formats, but these texts are also printed without colours and written
// to files, so that colours come last and are found in the text.

constexpr std::string_view bold = "\x1B[1m";
constexpr std::string_view faint = "\x1B[2m";
constexpr std::string_view red = "\x1B[31m";
constexpr std::string_view yellow = "\x1B[33m";
constexpr std::string_view plain = "\x1B[0m";

std::string_view variable(char const* name) {
    auto const* const value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

bool is_rule(std::string_view line) {
    return line.starts_with("---") && line.find_first_not_of("- ") == line.npos;
}

}  // namespace

bool wants_colours(std::FILE* stream) {
    return variable("NO_COLOR").empty() && variable("TERM") != "dumb" &&
           ::isatty(::fileno(stream)) == 1;
}

std::string coloured(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
    }
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        auto const ends = line.ends_with('\n');
        if (ends)
            line.remove_suffix(1);
        auto const paint = [&](std::string_view colour) {
            result += fmt::format("{}{}{}", colour, line, plain);
        };
        if (is_rule(line))
            paint(faint);
        else if (i + 1 < lines.size() && is_rule(lines[i + 1].substr(0, lines[i + 1].find('\n'))))
            paint(bold);
        else if (line.find("  error  ") != line.npos)
            paint(red);
        else if (line.find("  warning  ") != line.npos)
            paint(yellow);
        else
            result += line;
        if (ends)
            result += '\n';
    }
    return result;
}

progress::progress(std::string name, bool quiet, std::chrono::milliseconds patience,
                   std::FILE* stream)
    : name_{std::move(name)}, stream_{stream}, active_{!quiet && ::isatty(::fileno(stream)) == 1},
      patience_{patience} {
    if (active_)
        clock_ = std::thread{[this] { wait(); }};
}

progress::~progress() {
    end();
}

void progress::end() {
    if (!active_)
        return;
    active_ = false;
    {
        auto const lock = std::scoped_lock{guard_};
        ended_ = true;
    }
    woken_.notify_all();
    clock_.join();
    if (shown_) {
        std::fputs("\r\x1B[K", stream_);
        std::fflush(stream_);
    }
}

void progress::at(std::string step) {
    if (!active_)
        return;
    auto const lock = std::scoped_lock{guard_};
    step_ = std::move(step);
    if (long_)
        show(step_);
}

void progress::show(std::string const& step) {
    std::fputs(fmt::format("\r\x1B[K{}: {} ...", name_, step).c_str(), stream_);
    std::fflush(stream_);
    shown_ = true;
}

void progress::wait() {
    auto lock = std::unique_lock{guard_};
    if (woken_.wait_for(lock, patience_, [this] { return ended_; }))
        return;
    long_ = true;
    if (!step_.empty())
        show(step_);
}

}  // namespace examples
