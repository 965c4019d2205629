// SPDX-License-Identifier: BSL-1.0
#include <support/process.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

// By hand: the process library that Debian has is Boost's, which nothing else here needs, and it
// feeds a child that writes while it reads no better than two files do.

namespace examples {

namespace {

struct close_stream {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using stream = std::unique_ptr<std::FILE, close_stream>;

[[noreturn]] void fail(std::string const& what, int error) {
    throw std::system_error{error, std::generic_category(), what};
}

stream temporary() {
    auto file = stream{std::tmpfile()};
    if (!file)
        fail("no temporary file", errno);
    return file;
}

std::string content(std::FILE* file) {
    std::rewind(file);
    std::string all;
    std::array<char, 65536> block{};
    while (auto const size = std::fread(block.data(), 1, block.size(), file))
        all.append(block.data(), size);
    if (std::ferror(file) != 0)
        fail("temporary file", errno);
    return all;
}

}  // namespace

process_result run_filter(std::vector<std::string> const& command, std::string_view input) {
    auto const in = temporary();
    auto const out = temporary();
    auto const errors = temporary();
    if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() ||
        std::fflush(in.get()) != 0)
        fail("temporary file", errno);
    std::rewind(in.get());

    std::vector<char*> arguments;
    auto words = command;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in.get()), 0);
    ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out.get()), 1);
    ::posix_spawn_file_actions_adddup2(&actions, ::fileno(errors.get()), 2);
    pid_t child = 0;
    auto const error =
        ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error == ENOENT || error == EACCES)
        return {.found = false, .status = 127, .output = {}, .errors = {}};
    if (error != 0)
        fail(command[0], error);
    int ended = 0;
    while (::waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            fail(command[0], errno);
    return {.found = true,
            .status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended),
            .output = content(out.get()),
            .errors = content(errors.get())};
}

}  // namespace examples
