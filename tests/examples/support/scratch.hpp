// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

/// A directory of its own for a test, removed at the end.
class scratch {
  public:
    scratch() {
        auto name = (std::filesystem::temp_directory_path() / "support-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error{"no temporary directory"};
        directory = name;
    }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
    ~scratch() { std::filesystem::remove_all(directory); }

    std::filesystem::path write(std::string const& name, std::string_view content) const {
        std::ofstream{directory / name, std::ios::binary} << content;
        return directory / name;
    }

    std::string read(std::string const& name) const {
        auto file = std::ifstream{directory / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    /// Names of what is in the directory, hidden or not.
    std::set<std::string> names(std::filesystem::path const& below = {}) const {
        std::set<std::string> result;
        for (auto const& entry : std::filesystem::directory_iterator{directory / below})
            result.insert(entry.path().filename().string());
        return result;
    }

    std::filesystem::path directory;
};

/// The text of the exception of type Error that `action` must throw.
template <class Error>
std::string error_of(auto const& action) {
    try {
        action();
    } catch (Error const& error) {
        return error.what();
    }
    return "nothing was thrown";
}
