// SPDX-License-Identifier: BSL-1.0
#include <support/output.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace examples {

namespace {

namespace fs = std::filesystem;

std::string_view advice(std::error_code error) {
    return error == std::errc::no_space_on_device || error == std::errc::file_too_large
               ? "make room, or choose another place"
               : "check the place and its permissions, or choose another one";
}

[[noreturn]] void fail(std::string_view file, std::error_code error) {
    throw output_error{
        fmt::format("{}: cannot be written: {}; {}", file, error.message(), advice(error))};
}

[[noreturn]] void fail(std::string_view file, int error) {
    fail(file, std::error_code{error, std::generic_category()});
}

/// Eight bytes at a time: every field is asked. The highest bit of a byte of `zero_bytes(x)` is set, if
/// not exactly for the bytes that are 0, then for none where there is none.
bool takes_quotes(std::string_view field) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, highest = ones << 7U;
    auto const zero_bytes = [](std::uint64_t x) { return (x - ones) & ~x; };
    std::uint64_t eight = 0;
    auto const found = [&] {
        auto const in_all = [](char c) { return ones * static_cast<unsigned char>(c); };
        return ((zero_bytes(eight ^ in_all(',')) | zero_bytes(eight ^ in_all('"')) |
                 zero_bytes(eight ^ in_all('\r')) | zero_bytes(eight ^ in_all('\n'))) &
                highest) != 0;
    };
    for (; field.size() >= sizeof eight; field.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, field.data(), sizeof eight);
        if (found())
            return true;
    }
    eight = 0;
    if (!field.empty())
        std::memcpy(&eight, field.data(), field.size());
    return found();
}

constexpr std::string_view aside_begins = ".incomplete-";

/// Removes what processes left that were killed: nobody holds their directories any more.
void remove_left_behind(fs::path const& directory) {
    auto ignored = std::error_code{};
    for (auto const& entry : fs::directory_iterator{directory, ignored})
        if (entry.path().filename().string().starts_with(aside_begins) &&
            directory_lock{entry.path(), directory_lock::if_free}.held())
            fs::remove_all(entry.path(), ignored);
}

}  // namespace

directory_lock::directory_lock(fs::path const& directory, when wanted)
    : handle_{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
    held_ = handle_ >= 0 && ::flock(handle_, wanted == if_free ? LOCK_EX | LOCK_NB : LOCK_EX) == 0;
}

directory_lock::~directory_lock() {
    if (handle_ >= 0)
        ::close(handle_);
}

output_file::output_file(fs::path const& file, fs::path const& shown)
    : shown_{shown.string()},
      buffer_(std::size_t{64} << 10U), stream_{std::fopen(file.c_str(), "wb")} {
    if (!stream_)
        fail(shown_, errno);
    // Without this one it is as large as a block of the disk.
    std::setvbuf(stream_.get(), buffer_.data(), _IOFBF, buffer_.size());
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
    // Nobody else looks for what was left behind between the making and the locking of a new one.
    directory_lock const alone{directory_, directory_lock::wait};
    remove_left_behind(directory_);
    auto name = (directory_ / fmt::format("{}XXXXXX", aside_begins)).string();
    if (::mkdtemp(name.data()) == nullptr) {
        auto const reason = errno;
        if (created_)
            fs::remove(directory_, error);
        fail(directory_.string(), reason);
    }
    aside_ = name;
    in_use_.emplace(aside_, directory_lock::if_free);
}

output_directory::~output_directory() {
    auto ignored = std::error_code{};
    files_.clear();
    if (!aside_.empty())
        fs::remove_all(aside_, ignored);
    if (created_ && !committed_)
        fs::remove(directory_, ignored);  // only if it is empty
}

output_file& output_directory::file(std::string const& name) {
    if (aside_.empty())
        throw std::logic_error{"output_directory: '" + name + "' would be written nowhere"};
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

void csv_writer::cell(std::string_view field) {
    if (takes_quotes(field))
        line_ += csv_field_text(field);
    else
        line_ += field;
    line_ += ',';
}

void csv_writer::end_row() {
    line_.back() = '\n';
    if (file_ != nullptr)
        file_->write(line_ == "\n" ? "\"\"\n" : line_);
    line_.clear();
}

void csv_writer::cells(std::span<std::string const> fields) {
    for (auto const& field : fields)
        cell(field);
    end_row();
}

std::string csv_field_text(std::string_view field) {
    if (!takes_quotes(field))
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
