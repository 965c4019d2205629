// SPDX-License-Identifier: BSL-1.0
#include <support/output.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace examples {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view file, std::error_code error) {
    throw output_error{fmt::format("{}: cannot be written: {}", file, error.message())};
}

[[noreturn]] void fail(std::string_view file, int error) {
    fail(file, std::error_code{error, std::generic_category()});
}

}  // namespace

output_file::output_file(fs::path const& file, fs::path const& shown)
    : shown_{shown.string()}, stream_{std::fopen(file.c_str(), "wb")} {
    if (!stream_)
        fail(shown_, errno);
}

void output_file::write(std::string_view text) {
    if (!stream_)
        throw std::logic_error{shown_ + ": written after it was closed"};
    if (std::fwrite(text.data(), 1, text.size(), stream_.get()) != text.size())
        fail(shown_, errno);
}

void output_file::close() {
    if (!stream_)
        return;
    if (std::fflush(stream_.get()) != 0)
        fail(shown_, errno);
    if (::fsync(::fileno(stream_.get())) != 0 && errno != EINVAL)  // EINVAL: a pipe or a device
        fail(shown_, errno);
    if (std::fclose(stream_.release()) != 0)
        fail(shown_, errno);
}

output_directory::output_directory(fs::path directory) : directory_{std::move(directory)} {
    auto error = std::error_code{};
    created_ = fs::create_directories(directory_, error);
    if (error)
        fail(directory_.string(), error);
    auto name = (directory_ / ".incomplete-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        auto const reason = errno;
        if (created_)
            fs::remove(directory_, error);
        fail(directory_.string(), reason);
    }
    aside_ = name;
}

output_directory::~output_directory() {
    auto ignored = std::error_code{};
    files_.clear();
    fs::remove_all(aside_, ignored);
    if (created_ && !committed_)
        fs::remove(directory_, ignored);  // only if it is empty
}

output_file& output_directory::file(std::string const& name) {
    if (name.empty() || fs::path{name}.filename() != name || name == "." || name == "..")
        throw std::invalid_argument{"output_directory: not a plain file name: '" + name + "'"};
    if (std::ranges::find(files_, name, &pending::name) != files_.end())
        throw std::invalid_argument{"output_directory: file is written twice: '" + name + "'"};
    return files_.emplace_back(pending{name, output_file{aside_ / name, directory_ / name}}).file;
}

void output_directory::complete() {
    for (auto& [name, file] : files_)
        file.close();
    for (auto const& [name, file] : files_) {
        auto ignored = std::error_code{};
        if (fs::is_directory(directory_ / name, ignored))
            fail((directory_ / name).string(), EISDIR);
    }
}

void output_directory::commit() {
    complete();
    committed_ = true;
    for (auto const& [name, file] : files_) {
        auto error = std::error_code{};
        fs::rename(aside_ / name, directory_ / name, error);
        if (error)
            fail((directory_ / name).string(), error);
    }
    files_.clear();
}

std::string csv_field_text(std::string_view field) {
    if (field.find_first_of(",\"\r\n") == field.npos)
        return std::string{field};
    auto text = std::string{"\""};
    for (char const c : field) {
        text += c;
        if (c == '"')
            text += c;
    }
    return text + '"';
}

}  // namespace examples
