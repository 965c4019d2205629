// SPDX-License-Identifier: BSL-1.0
#include <support/input_table.hpp>

#include <support/database.hpp>
#include <support/sha256.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <regex>
#include <system_error>

namespace examples {

namespace {

/// Where the query begins that follows a question mark; an address may have other ones.
std::size_t query_in(std::string_view source) {
    for (auto at = source.find('?'); at != source.npos; at = source.find('?', at + 1)) {
        auto const text = folded(source.substr(at + 1));
        for (std::string_view const word : {"select", "with", "values", "table"})
            if (text.starts_with(word))
                return at;
    }
    return source.npos;
}

class csv_cursor : public table_cursor {
  public:
    csv_cursor(std::string const& file, std::string const& shown,
               input_table::column_choice const& choose, reading& how)
        : rows_{file, shown,
                [&](std::vector<std::string> const& header) {
                    auto columns = choose(header);
                    fields_.resize(columns.size());
                    return columns;
                },
                how} {}

    bool next() override {
        if (row_) {
            ++*row_;
            if (*row_ == rows_.end())
                return false;
            (**row_).renew(fields_);
            return true;
        }
        row_ = rows_.begin();
        if (*row_ == rows_.end())
            return false;
        for (std::size_t i = 0; i < fields_.size(); ++i)
            fields_[i] = (**row_).field(i);
        return true;
    }

  private:
    csv_reader rows_;
    std::optional<csv_reader::iterator> row_;
};

}  // namespace

/// Standard input and pipes can be read once, but are needed twice: to be read, and to say what was
/// in them. The file has no name: nothing is left of it, however the program ends.
struct input_table::spool {
    explicit spool(std::string const& pipe) : file{std::tmpfile()} {
        auto const from = std::unique_ptr<std::FILE, close_file>{
            std::fopen(pipe == "-" ? "/dev/stdin" : pipe.c_str(), "rb")};
        std::array<char, 65'536> block{};
        while (file && from) {
            auto const size = std::fread(block.data(), 1, block.size(), from.get());
            if (size == 0 || std::fwrite(block.data(), 1, size, file.get()) != size)
                break;
        }
        if (!file || !from || std::ferror(from.get()) != 0 || std::fflush(file.get()) != 0 ||
            std::ferror(file.get()) != 0)
            throw input_error{{pipe == "-" ? "standard input" : pipe},
                              fmt::format("cannot be kept ({}), make room in the directory of "
                                          "temporary files or name a file",
                                          std::generic_category().message(errno))};
    }
    [[nodiscard]] std::string path() const {
        return fmt::format("/dev/fd/{}", ::fileno(file.get()));
    }

    struct close_file {
        void operator()(std::FILE* stream) const { std::fclose(stream); }
    };
    std::unique_ptr<std::FILE, close_file> file;
};

input_table::input_table(std::string const& source) : name_{source}, place_{source} {
    constexpr std::string_view sqlite = "sqlite:";
    auto const refuse = [&](std::string const& what) {
        throw input_error{{without_password(source)}, what};
    };
    auto const split = [&](std::string_view example) {
        auto const at = query_in(place_);
        if (at == place_.npos)
            refuse(fmt::format("needs a query after a question mark, as in '{}'", example));
        query_ = place_.substr(at + 1);
        place_.resize(at);
    };
    if (source == "-") {
        name_ = "standard input";
        spool_ = std::make_shared<spool const>(source);
        place_ = spool_->path();
    } else if (std::error_code ignored; std::filesystem::is_fifo(source, ignored)) {
        spool_ = std::make_shared<spool const>(source);
        place_ = spool_->path();
    } else if (source.starts_with(sqlite)) {
        kind_ = kind::sqlite;
        place_ = source.substr(sqlite.size());
        split("sqlite:shop.db?SELECT * FROM orders");
        name_ = "query of " + place_;
#ifndef ATTRIBUTION_WITH_SQLITE
        refuse("cannot be read: this program was built without SQLite");
#endif
    } else if (is_postgresql(source)) {
        kind_ = kind::postgresql;
        split("postgresql://server/shop?SELECT * FROM orders");
        name_ = "query of " + without_password(place_);
#ifndef ATTRIBUTION_WITH_POSTGRESQL
        refuse("cannot be read: this program was built without libpq");
#endif
    }
}

void input_table::read(column_choice const& choose, row_visitor const& visit, reading& how) const {
    auto const rows = open(choose, how);
    while (rows->next())
        visit(rows->fields());
}

std::unique_ptr<table_cursor> input_table::open(column_choice const& choose, reading& how) const {
#ifdef ATTRIBUTION_WITH_SQLITE
    if (kind_ == kind::sqlite)
        return detail::open_sqlite(place_, query_, name_, choose);
#endif
#ifdef ATTRIBUTION_WITH_POSTGRESQL
    if (kind_ == kind::postgresql)
        return detail::open_postgresql(place_, query_, name_, choose);
#endif
    return std::make_unique<csv_cursor>(place_, name_, choose, how);
}

std::vector<input_file> input_table::files(bool with_digest) const {
    if (kind_ == kind::postgresql)
        return {};
    auto const shown =
        kind_ == kind::csv && !spool_ ? std::filesystem::path{place_}.filename().string() : name_;
    if (!with_digest)
        return {{shown, std::filesystem::file_size(place_), {}}};
    auto const digest = digest_of(place_);
    return {{shown, digest.bytes, hexadecimal(digest.digest)}};
}

std::string without_password(std::string text) {
    static std::regex const secret{R"((postgres(ql)?://[^:/@?\s"']*):[^@/?\s"']*@)"};
    return std::regex_replace(text, secret, "$1@");
}

namespace detail {

std::vector<std::size_t> places_of(std::vector<std::string> const& chosen,
                                   std::vector<std::string> const& header,
                                   std::string const& name) {
    std::vector<std::size_t> places;
    for (auto const& column : chosen) {
        auto const found = std::ranges::find(header, column);
        if (found == header.end() || std::find(found + 1, header.end(), column) != header.end())
            throw input_error{{name, 0, column},
                              found == header.end()
                                  ? fmt::format("is not there, only {}", fmt::join(header, ", "))
                                  : "is there more than once, rename all but one with AS"};
        places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    return places;
}

}  // namespace detail

}  // namespace examples
