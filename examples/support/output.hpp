// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace examples {

/// A result could not be written: `FILE: what is wrong; what to do`.
class output_error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A file being written, on which every step is checked. Without close() the content counts as
/// incomplete and nobody is told whether it arrived.
class output_file {
  public:
    /// `shown` is the name for error messages: the file's name once it is in place.
    explicit output_file(std::filesystem::path const& file) : output_file{file, file} {}
    output_file(std::filesystem::path const& file, std::filesystem::path const& shown);

    void write(std::string_view text);
    /// Flushes to the disk, not only to the system.
    void close();

  private:
    struct close_stream {
        void operator()(std::FILE* stream) const { std::fclose(stream); }
    };

    std::string shown_;
    std::vector<char> buffer_;  // of the stream
    std::unique_ptr<std::FILE, close_stream> stream_;
};

/// Holds a directory for this process alone, among those that ask; until the process ends, however
/// it does.
class directory_lock {
  public:
    enum when { if_free, wait };

    directory_lock(std::filesystem::path const& directory, when wanted);
    directory_lock(directory_lock const&) = delete;
    directory_lock& operator=(directory_lock const&) = delete;
    ~directory_lock();

    /// Also false where the file system knows no locks.
    [[nodiscard]] bool held() const { return held_; }

  private:
    int handle_;
    bool held_;
};

/// A directory whose files appear only when all of them are complete:
///
///     output_directory out{"results"};
///     csv_writer totals{out, "totals.csv"};
///     totals.row("channel", "revenue");
///     out.commit();
///
/// Until commit() the files stand in a hidden directory inside (same file system). Without a
/// commit, as when an exception passes, the destructor removes them, and the directory too if this
/// object made it (but not its parents); the old results stay untouched.
///
/// Atomic: each file; a reader sees the old or the new content, never a part. commit() completes
///         every file before it replaces the first, but renames one by one: a crash or an error
///         between two renames leaves new files beside old ones. Files that this run does not
///         write stay. A process that is killed leaves its hidden `.incomplete-*` directory, which
///         the next one that writes here removes.
/// Errors: output_error, naming the file. std::invalid_argument for a name that is not a plain
///         file name or was used before.
class output_directory {
  public:
    /// Nowhere: for those who write no file.
    output_directory() = default;
    explicit output_directory(std::filesystem::path directory);
    output_directory(output_directory const&) = delete;
    output_directory& operator=(output_directory const&) = delete;
    ~output_directory();

    /// A new file, valid as long as the directory object and until commit().
    [[nodiscard]] output_file& file(std::string const& name);
    /// Writes every file to its end, without putting any in place: what can fail without harm.
    void complete();
    void commit();

  private:
    struct pending {
        std::string name;
        output_file file;
    };

    std::filesystem::path directory_;
    std::filesystem::path aside_;
    std::optional<directory_lock> in_use_;
    bool created_ = false;
    bool committed_ = false;
    std::list<pending> files_;
};

/// The field as CSV: in double quotes exactly if it has a comma, a quote, CR or LF.
[[nodiscard]] std::string csv_field_text(std::string_view field);

/// One line of CSV without its line end. Fields are texts or anything fmt formats. A line of one
/// empty field is `""`: an empty line would be no row at all.
template <class... Fields>
[[nodiscard]] std::string csv_line(Fields const&... fields) {
    static_assert(sizeof...(Fields) > 0, "a row of CSV has at least one field");
    std::string line;
    auto const append = [&](auto const& field) {
        if constexpr (std::is_convertible_v<decltype(field), std::string_view>)
            line += csv_field_text(field);
        else
            line += csv_field_text(fmt::format("{}", field));
        line += ',';
    };
    (append(fields), ...);
    line.pop_back();
    return sizeof...(Fields) == 1 && line.empty() ? "\"\"" : line;
}

/// Writes rows of CSV, with LF line ends; without a file, to nowhere.
class csv_writer {
  public:
    csv_writer() = default;
    csv_writer(output_directory& out, std::string const& name) : file_{&out.file(name)} {}

    template <class... Fields>
    void row(Fields const&... fields) {
        if (file_ != nullptr)
            file_->write(csv_line(fields...) + '\n');
    }
    /// Adds a field to the row that end_row() ends.
    void cell(std::string_view field);
    /// A row has at least one field.
    void end_row();
    /// A row of so many fields.
    void cells(std::span<std::string const> fields);

  private:
    output_file* file_ = nullptr;
    std::string line_ = {};
};

}  // namespace examples
