// SPDX-License-Identifier: BSL-1.0
#include <support/csv.hpp>

#include <support/unicode.hpp>

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

namespace examples {

namespace {

constexpr std::size_t block_size = std::size_t{64} << 10U;
constexpr std::size_t longest_row = std::size_t{16} << 20U;
constexpr std::string_view advice_on_nul =
    "it may be UTF-16 without a byte order mark, save it as UTF-8 or try --encoding utf-16le";

struct separator {
    char mark;
    std::string_view one, many;
};
constexpr auto separators = std::to_array<separator>({{',', "comma", "commas"},
                                                      {';', "semicolon", "semicolons"},
                                                      {'\t', "tab", "tabs"},
                                                      {'|', "vertical bar", "vertical bars"}});

/// The fields of a line, as far as a look at it can tell.
std::vector<std::string_view> pieces(std::string_view line, char mark) {
    std::vector<std::string_view> found;
    auto const strip = [](std::string_view piece) {
        return piece.size() > 1 && piece.front() == '"' && piece.back() == '"'
                   ? piece.substr(1, piece.size() - 2)
                   : piece;
    };
    std::size_t begin = 0;
    auto quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        quoted = quoted != (line[i] == '"');
        if (line[i] == mark && !quoted) {
            found.push_back(strip(line.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    found.push_back(strip(line.substr(begin)));
    return found;
}

/// The separator that makes most of the columns of the header, of equal ones most fields.
separator const& separator_of(std::string_view header, std::span<std::string const> columns) {
    auto const rank = [&](separator const& one) {
        auto const found = pieces(header, one.mark);
        auto const known = std::ranges::count_if(
            columns, [&](auto const& column) { return std::ranges::count(found, column) > 0; });
        return std::pair{known, found.size()};
    };
    return *std::ranges::max_element(separators, {}, rank);
}

/// The separator that a line like `sep=;` names, which spreadsheets understand.
separator const* named_separator(std::string_view line) {
    if (line.size() > 2 && line.front() == '"' && line.back() == '"')
        line = line.substr(1, line.size() - 2);
    if (!line.starts_with("sep=") || line.size() != 5)
        return nullptr;
    auto const* const found = std::ranges::find(separators, line[4], &separator::mark);
    return found == separators.end() ? nullptr : found;
}

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

/// Has the text ASCII only, and no NUL byte? Eight bytes at a time, and of a long one many: every block
/// is asked, and where one is not plain, every field.
bool is_plain(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, highest = ones << 7U;
    std::uint64_t eight = 0;
    auto const odd = [&] { return ((eight | (eight - ones)) & highest) != 0; };
    constexpr std::size_t many = 8 * sizeof eight;
    for (; text.size() >= many; text.remove_prefix(many)) {
        std::uint64_t all = 0;
        for (std::size_t at = 0; at < many; at += sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            all |= eight | (eight - ones);
        }
        if ((all & highest) != 0)
            return false;
    }
    for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, text.data(), sizeof eight);
        if (odd())
            return false;
    }
    eight = ones;
    if (!text.empty())
        std::memcpy(&eight, text.data(), text.size());
    return !odd();
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

input_error::input_error(input_error const& error, std::string_view more)
    : std::runtime_error{fmt::format("{}; {}", error.what(), more)} {}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 60;
    auto result = std::string{"'"};
    auto rest = text;
    while (!rest.empty() && text.size() - rest.size() < longest) {
        auto const length = utf8_length(rest);
        auto const byte = static_cast<unsigned char>(rest.front());
        if (length == 0 || byte < 0x20 || byte == 0x7F)
            result += fmt::format("\\x{:02X}", byte);
        else
            result += rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result + (rest.empty() ? "'" : "...'");
}

/// libcsv is fed line by line, so that it completes at most one row at a time and the number of
/// the line is known whenever it does. It takes a byte at a time; a row that is one line of the block
/// and has no quotes is only split, and its fields stay where they are.
struct csv_reader::state {
    state(std::filesystem::path const& name, std::string shown, reading* seen)
        : file{std::move(shown)}, how{seen ? seen : &unseen}, stream{open(name.string())} {
        ++how->files;
        how->paths.push_back(name);
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
            throw std::runtime_error{"libcsv cannot be initialised"};
        csv_set_space_func(&parser, [](unsigned char) { return 0; });
        csv_set_blk_size(&parser, block_size);
    }
    state(state const&) = delete;
    state& operator=(state const&) = delete;
    ~state() { csv_free(&parser); }

    std::size_t fields() const { return row.size(); }
    std::string_view field(std::size_t index) const { return row[index]; }

    std::size_t wanted(std::string_view column) const {
        auto const found = std::ranges::find(columns, column);
        if (found == columns.end())
            throw std::logic_error{
                message({file}, fmt::format("the program did not ask for column {}, only for {}",
                                            in_quotes(column), list(columns)))};
        return static_cast<std::size_t>(found - columns.begin());
    }

    std::string short_name() const { return std::filesystem::path{file}.filename().string(); }

    /// What is in the block up to the end of the first line that has something in it.
    std::string_view first_line() const {
        auto const begin = std::min(rest.find_first_not_of("\r\n"), rest.size());
        return rest.substr(begin, rest.find_first_of("\r\n", begin) - begin);
    }

    void split_by(separator const& one) {
        split = &one;
        csv_set_delim(&parser, static_cast<unsigned char>(one.mark));
        if (one.mark != ',')
            how->separators.push_back(fmt::format("{} has {}", short_name(), one.many));
    }

    void find_separator() {
        if (!read_block())
            return;
        auto const* const named = named_separator(first_line());
        if (named)
            read_row();
        auto const* const asked =
            how->separator ? std::ranges::find(separators, *how->separator, &separator::mark)
                           : separators.end();
        split_by(asked != separators.end() ? *asked
                 : named                   ? *named
                                           : separator_of(first_line(), columns));
    }

    /// Errors: input_error, if there is none; `needed` says what should be in it.
    void read_header(std::string const& needed) {
        find_separator();
        if (!read_row())
            throw input_error{{file}, fmt::format("is empty, it needs a header line{}", needed)};
        for (std::size_t i = 0; i < fields(); ++i)
            header.push_back(name_in_utf8(field(i)));
    }

    /// Names are asked for in UTF-8. This says nothing of the fields: the column may be one that nobody
    /// asks for.
    std::string name_in_utf8(std::string_view name) const {
        if (how->as == encoding::automatic || how->as == encoding::windows_1252)
            if (first_no_utf8(name) != name.size())
                if (auto converted_name = from_windows_1252(name))
                    return *std::move(converted_name);
        return std::string{name};
    }

    /// The columns that `choose` takes of those in the header.
    ///
    /// Errors: input_error, if the first line is none.
    std::vector<std::string> chosen_by(column_choice const& choose) const {
        for (auto const& name : header)
            if (name.find('\0') != name.npos)
                throw input_error{{file, row_line},
                                  fmt::format("the header has NUL bytes, {}", advice_on_nul)};
        try {
            return choose(header);
        } catch (input_error const& error) {
            if (header.size() > 1)
                throw;
            throw input_error{error,
                              fmt::format("line {} is taken for the header and has one field "
                                          "only: remove the lines before the header, or say "
                                          "what separates its fields",
                                          row_line)};
        }
    }

    void take(std::vector<std::string> names) {
        columns = std::move(names);
        values.resize(columns.size());
        converted.resize(columns.size());
    }

    void find_columns() {
        for (auto const& column : columns) {
            auto const found = std::ranges::find(header, column);
            auto const complain = [&](std::string const& what) {
                throw input_error{{file, row_line, column}, what};
            };
            if (found == header.end())
                complain(fmt::format("is not in the header, which has {}, {}", list(header),
                                     advice_on(column)));
            if (std::find(found + 1, header.end(), column) != header.end())
                complain("is in the header more than once, remove or rename all but one");
            places.push_back(static_cast<std::size_t>(found - header.begin()));
        }
    }

    /// What to do about a column that is not there.
    std::string advice_on(std::string const& column) const {
        for (auto const& name : header) {
            if (name.find('\0') != name.npos && how->as == encoding::automatic)
                return std::string{advice_on_nul};
            if (folded(name) == folded(column))
                return fmt::format("rename {}, which differs in case or spaces", in_quotes(name));
        }
        return "add the column or rename one";
    }

    bool read_record() {
        if (!read_row())
            return false;
        if (fields() < header.size())
            throw input_error{
                {file, row_line, header[fields()]},
                fmt::format("is missing, the row has {} of {} fields, write a {} before every "
                            "empty field too",
                            fields(), header.size(), split->one)};
        if (fields() > header.size())
            throw input_error{{file, row_line},
                              fmt::format("the row has {} fields but the header {}, put a field "
                                          "with {} in double quotes",
                                          fields(), header.size(), split->many)};
        for (std::size_t i = 0; i < columns.size(); ++i)
            values[i] = plain_row ? field(places[i]) : as_utf8(i);
        return true;
    }

    /// The field of a column that was asked for.
    std::string_view as_utf8(std::size_t column) {
        auto const raw = field(places[column]);
        if (is_plain(raw))
            return raw;
        auto const refuse = [&](std::string const& what) {
            throw input_error{{file, row_line, columns[column]},
                              fmt::format("{} {}", in_quotes(raw), what)};
        };
        if (raw.find('\0') != raw.npos)
            refuse("has a NUL byte, remove it, or say --encoding utf-16le if this is UTF-16");
        auto const wrong = first_no_utf8(raw);
        auto const valid = wrong == raw.size();
        if (is == encoding::automatic) {
            is = valid ? encoding::utf_8 : encoding::windows_1252;
            guessed_at = row_line;
        }
        if (is == encoding::windows_1252) {
            if (valid && guessed_at != 0)
                refuse(fmt::format("is UTF-8, but line {} is not: save the whole file as UTF-8, or "
                                   "say what it is with --encoding",
                                   guessed_at));
            auto utf_8 = from_windows_1252(raw);
            if (!utf_8)
                refuse("has a byte that neither UTF-8 nor Windows-1252 knows, save the file as "
                       "UTF-8");
            if (!std::exchange(converted_any, true))
                how->encodings.push_back(fmt::format("{} is {}", short_name(), encoding_name(is)));
            return converted[column] = std::move(*utf_8);
        }
        if (!valid)
            refuse(fmt::format("has the byte \\x{:02X}, which is no UTF-8 there{}: save the whole "
                               "file as UTF-8, or say what it is with --encoding",
                               static_cast<unsigned char>(raw[wrong]),
                               guessed_at == 0
                                   ? std::string{}
                                   : fmt::format(", though line {} is UTF-8", guessed_at)));
        return raw;
    }

    bool read_row() {
        text.clear();
        ends.clear();
        row.clear();
        complete = false;
        row_begun = false;
        plain_row = false;
        row_bytes = 0;
        while (!complete) {
            if (rest.empty() && !read_block()) {
                finish();
                break;
            }
            auto const piece = take_line();
            if (!row_begun && is_simple_row(piece)) {
                split_row(piece);
                take_line_feed();
                plain_row = plain_block;
                return true;
            }
            feed(piece);
        }
        std::size_t begin = 0;
        for (auto const end : ends) {
            row.push_back(std::string_view{text}.substr(begin, end - begin));
            begin = end;
        }
        return complete;
    }

    bool is_simple_row(std::string_view piece) const {
        return piece.size() > 1 && (piece.back() == '\n' || piece.back() == '\r') &&
               (!quotes_in_block || piece.find('"') == piece.npos);
    }

    /// The second half of a line end, of which libcsv would make a blank line.
    void take_line_feed() {
        if (previous != '\r' || !rest.starts_with('\n'))
            return;
        previous = '\n';
        rest.remove_prefix(1);
    }

    void split_row(std::string_view piece) {
        row_line = line++;
        previous = piece.back();
        piece.remove_suffix(1);
        for (;;) {
            auto const end = piece.find(split->mark);
            row.push_back(piece.substr(0, end));
            if (end == piece.npos)
                return;
            piece.remove_prefix(end + 1);
        }
    }

    bool read_block() {
        if (broken)
            throw input_error{{file, line},
                              "has half of a surrogate pair, which is no UTF-16: save the file as "
                              "UTF-8"};
        do {
            block.resize(block_size);
            block.resize(std::fread(block.data(), 1, block_size, stream.get()));
            if (std::ferror(stream.get()) != 0)
                throw input_error{{file, line},
                                  fmt::format("cannot be read ({}), check the file and its disk",
                                              std::generic_category().message(errno))};
            auto const at_end = block.empty();
            if (!std::exchange(begun, true))
                begin();
            if (utf_16) {
                auto const units = std::exchange(block, {});
                broken = !utf_16->append(block, units) || (at_end && utf_16->unfinished());
            }
            rest = block;
            line_feed = nullptr;
            plain_block = is_plain(rest);
            quotes_in_block = rest.find('"') != rest.npos;
            if (at_end)
                break;
        } while (rest.empty() && !broken);
        return !rest.empty() || (broken && read_block());
    }

    /// By the first bytes of the file.
    void begin() {
        auto const found = look_at(block);
        if (!found.no_text.empty())
            throw input_error{
                {file}, fmt::format("is no CSV, but {}, export it as CSV in UTF-8", found.no_text)};
        do  // programs that add a mark, whether there is one or not, have added several
            block.erase(0, found.mark.size());
        while (found.is == encoding::utf_8 && block.starts_with(found.mark));
        is = found.is == encoding::automatic ? how->as : found.is;
        if (is == encoding::utf_16_little || is == encoding::utf_16_big) {
            how->encodings.push_back(fmt::format("{} is {}", short_name(), encoding_name(is)));
            utf_16.emplace(std::exchange(is, encoding::utf_8));
        }
    }

    /// What is left of the block up to a CR or LF, which belongs to the piece.
    std::string_view take_line() {
        // The next LF is looked for once, however many CR are before it.
        if (line_feed == nullptr || line_feed < rest.data())
            line_feed = rest.data() + std::min(rest.find('\n'), rest.size());
        auto const to_line_feed = static_cast<std::size_t>(line_feed - rest.data());
        auto const size = std::min(rest.substr(0, to_line_feed).find('\r'), to_line_feed);
        auto const piece = rest.substr(0, size + 1);
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

    void finish() {
        if (csv_fini(&parser, on_field, on_row, this) != 0)
            complain("begins with a quote that is never closed, add the closing quote");
        if (failure)
            std::rethrow_exception(failure);
    }

    /// About the field that is being read.
    [[noreturn]] void complain(std::string_view what) const {
        auto const place = ends.size();
        auto const number = fmt::format("{}", place + 1);
        throw input_error{{file, row_line, place < header.size() ? header[place] : number}, what};
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

    reading unseen;  // for those who do not ask
    reading* how;
    separator const* split = separators.data();
    encoding is = encoding::automatic;
    std::size_t guessed_at = 0;  // the line that decided what is not said
    bool converted_any = false;
    std::optional<utf_16_reader> utf_16;
    bool begun = false, broken = false;
    std::vector<std::string_view> values;  // of the wanted columns, and those that were converted
    std::vector<std::string> converted;

    std::unique_ptr<std::FILE, close_file> stream;
    csv_parser parser{};
    std::string block;
    std::string_view rest;     // of the block
    bool plain_block = false;  // see is_plain
    bool quotes_in_block = false;
    std::size_t line = 1;
    char previous = '\0';

    char const* line_feed = nullptr;    // of the block: the next one, or the end
    std::vector<std::string_view> row;  // its fields: in the block, or in the text
    std::string text;                   // the fields that libcsv has found, end to end
    std::vector<std::size_t> ends;
    std::size_t row_line = 1;
    std::size_t row_bytes = 0;
    bool row_begun = false;
    bool plain_row = false;  // it is of a plain block
    bool complete = false;
    std::exception_ptr failure;
};

csv_reader::csv_reader(std::filesystem::path const& file, std::vector<std::string> columns)
    : state_{std::make_unique<state>(file, file.string(), nullptr)} {
    state_->take(std::move(columns));
    state_->read_header(fmt::format(" with the columns {}", list(state_->columns)));
    state_->find_columns();
}

csv_reader::csv_reader(std::filesystem::path const& file, std::vector<std::string> columns,
                       reading& how)
    : state_{std::make_unique<state>(file, file.string(), &how)} {
    state_->take(std::move(columns));
    state_->read_header(fmt::format(" with the columns {}", list(state_->columns)));
    state_->find_columns();
}

csv_reader::csv_reader(std::filesystem::path const& file, std::string shown,
                       column_choice const& choose, reading& how)
    : state_{std::make_unique<state>(file, std::move(shown), &how)} {
    state_->read_header({});
    state_->take(state_->chosen_by(choose));
    state_->find_columns();
}

csv_reader::csv_reader(csv_reader&&) noexcept = default;
csv_reader& csv_reader::operator=(csv_reader&&) noexcept = default;
csv_reader::~csv_reader() = default;

csv_reader::iterator csv_reader::begin() {
    return iterator{state_.get()};
}

csv_field csv_row::operator[](std::string_view column) const {
    return field(state_->wanted(column));
}

csv_field csv_row::field(std::size_t place) const {
    return {state_->values[place], {state_->file, state_->row_line, state_->columns[place]}};
}

void csv_row::renew(std::span<csv_field> fields) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i].text = state_->values[i];
        fields[i].where.line = state_->row_line;
    }
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
