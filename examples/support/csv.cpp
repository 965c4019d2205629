// SPDX-License-Identifier: BSL-1.0
#include <support/csv.hpp>

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <system_error>
#include <utility>

namespace examples {

namespace {

constexpr std::size_t block_size = std::size_t{64} << 10U;
constexpr std::size_t longest_row = std::size_t{16} << 20U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string message(position const& where, std::string_view what) {
    auto text = std::string{where.file};
    if (where.line != 0)
        text += fmt::format(":{}", where.line);
    if (!where.column.empty())
        text += fmt::format(": column {}", in_quotes(where.column));
    return fmt::format("{}: {}", text, what);
}

std::string list(std::span<std::string const> names) {
    std::string text;
    for (auto const& name : names)
        text += (text.empty() ? "" : ", ") + in_quotes(name);
    return text;
}

struct close_file {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

std::unique_ptr<std::FILE, close_file> open(std::string const& name) {
    auto ignored = std::error_code{};
    if (std::filesystem::is_directory(name, ignored))
        throw input_error{{name}, "is a directory, name the CSV file in it"};
    auto file = std::unique_ptr<std::FILE, close_file>{std::fopen(name.c_str(), "rb")};
    if (!file)
        throw input_error{{name},
                          fmt::format("cannot be opened ({}), check the name and the permissions",
                                      std::generic_category().message(errno))};
    return file;
}

}  // namespace

input_error::input_error(position const& where, std::string_view what)
    : std::runtime_error{message(where, what)} {}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 60;
    auto result = std::string{"'"};
    for (char const c : text.substr(0, longest)) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            result += fmt::format("\\x{:02X}", byte);
        else
            result += c;
    }
    return result + (text.size() > longest ? "..." : "") + "'";
}

/// libcsv is fed line by line, so that it completes at most one row at a time and the number of
/// the line is known whenever it does.
struct csv_reader::state {
    state(std::filesystem::path const& name, std::vector<std::string> names)
        : file{name.string()}, columns{std::move(names)}, stream{open(file)} {
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
            throw std::runtime_error{"libcsv cannot be initialised"};
        csv_set_space_func(&parser, [](unsigned char) { return 0; });
        csv_set_blk_size(&parser, block_size);
    }
    state(state const&) = delete;
    state& operator=(state const&) = delete;
    ~state() { csv_free(&parser); }

    std::size_t fields() const { return ends.size(); }

    std::string_view field(std::size_t index) const {
        auto const begin = index == 0 ? 0 : ends[index - 1];
        return std::string_view{text}.substr(begin, ends[index] - begin);
    }

    std::size_t wanted(std::string_view column) const {
        auto const found = std::ranges::find(columns, column);
        if (found == columns.end())
            throw std::logic_error{
                message({file}, fmt::format("the program did not ask for column {}, only for {}",
                                            in_quotes(column), list(columns)))};
        return static_cast<std::size_t>(found - columns.begin());
    }

    void read_header() {
        if (!read_row())
            throw input_error{
                {file},
                fmt::format("is empty, it needs a header line with the columns {}", list(columns))};
        for (std::size_t i = 0; i < fields(); ++i)
            header.emplace_back(field(i));
        for (auto const& column : columns) {
            auto const found = std::ranges::find(header, column);
            auto const complain = [&](std::string const& what) {
                throw input_error{{file, row_line, column}, what};
            };
            if (found == header.end())
                complain(
                    fmt::format("is not in the header, which has {}, add the column or rename one",
                                list(header)));
            if (std::find(found + 1, header.end(), column) != header.end())
                complain("is in the header more than once, remove or rename all but one");
            places.push_back(static_cast<std::size_t>(found - header.begin()));
        }
    }

    bool read_record() {
        if (!read_row())
            return false;
        if (fields() < header.size())
            throw input_error{
                {file, row_line, header[fields()]},
                fmt::format("is missing, the row has {} of {} fields, write a comma before every "
                            "empty field too",
                            fields(), header.size())};
        if (fields() > header.size())
            throw input_error{{file, row_line},
                              fmt::format("the row has {} fields but the header {}, put a field "
                                          "with commas in double quotes",
                                          fields(), header.size())};
        return true;
    }

    bool read_row() {
        text.clear();
        ends.clear();
        complete = false;
        row_begun = false;
        row_bytes = 0;
        while (!complete) {
            if (rest.empty() && !read_block())
                return finish();
            feed(take_line());
        }
        return true;
    }

    bool read_block() {
        auto const at_begin = block.empty();
        block.resize(block_size);
        block.resize(std::fread(block.data(), 1, block_size, stream.get()));
        if (std::ferror(stream.get()) != 0)
            throw input_error{{file, line},
                              fmt::format("cannot be read ({}), check the file and its disk",
                                          std::generic_category().message(errno))};
        rest = block;
        if (at_begin && rest.starts_with(byte_order_mark))
            rest.remove_prefix(byte_order_mark.size());
        return !rest.empty();
    }

    /// What is left of the block up to a CR or LF, which belongs to the piece.
    std::string_view take_line() {
        auto const end = rest.find_first_of("\r\n");
        auto const piece = rest.substr(0, end == rest.npos ? end : end + 1);
        rest.remove_prefix(piece.size());
        return piece;
    }

    void feed(std::string_view piece) {
        auto const blank = piece == "\r" || piece == "\n";
        if (!row_begun) {
            row_line = line;
            row_begun = !blank;
        }
        row_bytes += piece.size();
        if (row_bytes > longest_row)
            complain("the row is longer than 16 MiB, look for a missing closing quote");
        auto const done = csv_parse(&parser, piece.data(), piece.size(), on_field, on_row, this);
        if (failure)
            std::rethrow_exception(failure);
        if (done != piece.size()) {
            if (csv_error(&parser) != CSV_EPARSE)
                throw std::bad_alloc{};
            complain("has a quote where none may be, put the whole field in double quotes and "
                     "write each quote inside it twice");
        }
        auto const second_half = piece == "\n" && previous == '\r';
        previous = piece.back();
        if ((previous == '\r' || previous == '\n') && !second_half)
            ++line;
    }

    bool finish() {
        if (csv_fini(&parser, on_field, on_row, this) != 0)
            complain("begins with a quote that is never closed, add the closing quote");
        if (failure)
            std::rethrow_exception(failure);
        return complete;
    }

    /// About the field that is being read.
    [[noreturn]] void complain(std::string_view what) const {
        auto const number = fmt::format("{}", fields() + 1);
        throw input_error{{file, row_line, fields() < header.size() ? header[fields()] : number},
                          what};
    }

    // No exception may pass through libcsv, which is C.
    static void on_field(void* bytes, std::size_t size, void* self) {
        auto& reader = *static_cast<state*>(self);
        try {
            reader.text.append(static_cast<char const*>(bytes), size);
            reader.ends.push_back(reader.text.size());
        } catch (...) {
            reader.failure = std::current_exception();
        }
    }
    static void on_row(int, void* self) { static_cast<state*>(self)->complete = true; }

    std::string file;
    std::vector<std::string> columns;  // the wanted ones, and where they stand in the header
    std::vector<std::size_t> places;
    std::vector<std::string> header;

    std::unique_ptr<std::FILE, close_file> stream;
    csv_parser parser{};
    std::string block;
    std::string_view rest;  // of the block
    std::size_t line = 1;
    char previous = '\0';

    std::string text;  // the fields of the row, end to end
    std::vector<std::size_t> ends;
    std::size_t row_line = 1;
    std::size_t row_bytes = 0;
    bool row_begun = false;
    bool complete = false;
    std::exception_ptr failure;
};

csv_reader::csv_reader(std::filesystem::path const& file, std::vector<std::string> columns)
    : state_{std::make_unique<state>(file, std::move(columns))} {
    state_->read_header();
}

csv_reader::csv_reader(csv_reader&&) noexcept = default;
csv_reader& csv_reader::operator=(csv_reader&&) noexcept = default;
csv_reader::~csv_reader() = default;

csv_reader::iterator csv_reader::begin() {
    return iterator{state_.get()};
}

csv_field csv_row::operator[](std::string_view column) const {
    auto const index = state_->wanted(column);
    return {state_->field(state_->places[index]),
            {state_->file, state_->row_line, state_->columns[index]}};
}

position csv_row::where(std::string_view column) const {
    return (*this)[column].where;
}

std::size_t csv_row::line() const {
    return state_->row_line;
}

bool csv_row::read_next() const {
    return state_->read_record();
}

}  // namespace examples
