// SPDX-License-Identifier: BSL-1.0
#include <support/terminal.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace std::chrono_literals;
using examples::coloured;
using examples::progress;

namespace {

/// A terminal to write to, and what was written.
class pseudo_terminal {
  public:
    pseudo_terminal() : leader_{::posix_openpt(O_RDWR | O_NOCTTY)} {
        REQUIRE(leader_ >= 0);
        REQUIRE(::grantpt(leader_) == 0);
        REQUIRE(::unlockpt(leader_) == 0);
        stream = std::fopen(::ptsname(leader_), "w");
        REQUIRE(stream != nullptr);
        ::fcntl(leader_, F_SETFL, O_NONBLOCK);
    }
    ~pseudo_terminal() {
        std::fclose(stream);
        ::close(leader_);
    }
    std::string seen() const {
        std::array<char, 4096> block{};
        auto const size = ::read(leader_, block.data(), block.size());
        return size > 0 ? std::string(block.data(), static_cast<std::size_t>(size)) : "";
    }

    std::FILE* stream = nullptr;

  private:
    int leader_;
};

}  // namespace

TEST_CASE("tables in colour have the same letters") {
    CHECK(coloured("rule  severity\n----  --------\na     error     1\n") ==
          "\x1B[1mrule  severity\x1B[0m\n\x1B[2m----  --------\x1B[0m\n\x1B[31ma     error     "
          "1\x1B[0m\n");
    CHECK(coloured("a  error  1\nb  warning  2\nplain") ==
          "\x1B[31ma  error  1\x1B[0m\n\x1B[33mb  warning  2\x1B[0m\nplain");
    CHECK(coloured("") == "");
}

TEST_CASE("colours are for terminals") {
    pseudo_terminal const terminal;
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    CHECK(examples::wants_colours(terminal.stream));
    ::setenv("NO_COLOR", "", 1);  // which does not count: https://no-color.org
    CHECK(examples::wants_colours(terminal.stream));
    ::setenv("NO_COLOR", "1", 1);
    CHECK(!examples::wants_colours(terminal.stream));
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "dumb", 1);
    CHECK(!examples::wants_colours(terminal.stream));
    ::setenv("TERM", "xterm", 1);
    auto* const file = std::tmpfile();
    CHECK(!examples::wants_colours(file));
    std::fclose(file);
}

TEST_CASE("long work shows what it is at, and cleans up") {
    pseudo_terminal const terminal;
    {
        progress step{"name", false, 1ms, terminal.stream};
        step.at("reading");
        std::this_thread::sleep_for(200ms);
        CHECK(terminal.seen() == "\r\x1B[Kname: reading ...");
        step.at("writing");
        CHECK(terminal.seen() == "\r\x1B[Kname: writing ...");
        step.end();
        CHECK(terminal.seen() == "\r\x1B[K");
        step.at("nothing more");
    }
    CHECK(terminal.seen().empty());
}

TEST_CASE("short work, quiet work and work without a terminal show nothing") {
    pseudo_terminal const terminal;
    {
        progress step{"name", false, 1h, terminal.stream};
        step.at("reading");
    }
    {
        progress step{"name", true, 0ms, terminal.stream};
        step.at("reading");
        std::this_thread::sleep_for(20ms);
    }
    CHECK(terminal.seen() == "");
    auto* const file = std::tmpfile();
    {
        progress step{"name", false, 0ms, file};
        step.at("reading");
        std::this_thread::sleep_for(20ms);
    }
    CHECK(std::ftell(file) == 0);
    std::fclose(file);
}
