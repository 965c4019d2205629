// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

/// Manners on a terminal.
namespace examples {

/// Colours are for terminals, and not where NO_COLOR is set to anything or TERM is dumb.
///
/// Source: no-color.org.
[[nodiscard]] bool wants_colours(std::FILE* stream);

/// A text with tables, their titles bold and their rules faint, errors red and warnings yellow.
[[nodiscard]] std::string coloured(std::string_view text);

/// What the program is at, on one line of standard error that replaces itself: only on a terminal,
/// only if the work takes longer than `patience`, and gone at the end.
class progress {
  public:
    explicit progress(std::string name, bool quiet = false,
                      std::chrono::milliseconds patience = std::chrono::milliseconds{700},
                      std::FILE* stream = stderr);
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    ~progress();

    void at(std::string step);
    /// Clears the line: before anything else is printed.
    void end();

  private:
    void show(std::string const& step);
    void wait();

    std::string name_;
    std::FILE* stream_;
    bool active_;
    std::chrono::milliseconds patience_;
    std::mutex guard_;
    std::condition_variable woken_;
    std::string step_;
    bool long_ = false;  // patience is over: steps are shown
    bool ended_ = false;
    bool shown_ = false;
    std::thread clock_;
};

}  // namespace examples
