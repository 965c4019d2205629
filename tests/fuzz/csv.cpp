// SPDX-License-Identifier: BSL-1.0
// Any bytes as a CSV file: rows, or an input_error; and rows that are written come back.
#include "fuzz/fuzzing.hpp"

#include <support/csv.hpp>
#include <support/output.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using fuzzing::require;

/// A file that never touches a disk.
class memory_file {
  public:
    memory_file() : handle_{::memfd_create("csv", 0)} {
        require(handle_ >= 0, "there is a file in memory");
        name_ = "/proc/self/fd/" + std::to_string(handle_);
    }
    [[nodiscard]] std::string const& name() const { return name_; }

    void write(std::string_view content) const {
        require(::ftruncate(handle_, 0) == 0 && ::pwrite(handle_, content.data(), content.size(),
                                                         0) == static_cast<ssize_t>(content.size()),
                "the file in memory can be written");
    }

  private:
    int handle_;
    std::string name_;
};

using rows = std::vector<std::vector<std::string>>;

std::optional<rows> read(std::string_view content, std::vector<std::string> const& columns) {
    static memory_file const file;
    file.write(content);
    try {
        rows all;
        std::size_t line = 1;
        for (auto const row : examples::csv_reader{file.name(), columns}) {
            require(row.line() > line, "a row begins after the one before");
            line = row.line();
            auto& fields = all.emplace_back();
            for (auto const& column : columns)
                fields.emplace_back(row[column].text);
        }
        return all;
    } catch (examples::input_error const& error) {
        require(std::string_view{error.what()}.starts_with(file.name()), "an error names the file");
        return std::nullopt;
    }
}

std::string written(rows const& all, std::vector<std::string> const& columns) {
    auto const line = [&](std::vector<std::string> const& fields) {
        return (columns.size() == 1 ? examples::csv_line(fields[0])
                                    : examples::csv_line(fields[0], fields[1])) +
               '\n';
    };
    auto text = line(columns);
    for (auto const& row : all)
        text += line(row);
    return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const content = fuzzing::input{bytes, size}.rest();
    for (std::vector<std::string> const& columns : {std::vector<std::string>{"b"}, {"b", "a"}})
        if (auto const all = read(content, columns))
            require(read(written(*all, columns), columns) == all, "what is written is read");
    return 0;
}
