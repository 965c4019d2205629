// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>
#include <support/random.hpp>
#include <support/sample_data.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

/// Shared by the two samples.
namespace examples::detail {

using date::sys_seconds;
using std::chrono::seconds;

inline constexpr seconds one_day{86400};

/// A CSV file with CRLF line ends, as spreadsheets write them.
struct sample_table {
    std::string header;
    std::vector<std::string> rows = {};

    template <class... Fields>
    void row(Fields const&... fields) {
        rows.push_back(csv_line(fields...));
    }

    [[nodiscard]] int size() const { return static_cast<int>(rows.size()); }

    [[nodiscard]] sample_file file(std::string name, bool final_line_end = true,
                                   bool byte_order_mark = false) const {
        auto content = (byte_order_mark ? "\xEF\xBB\xBF" : "") + header;
        for (auto const& row : rows)
            content += "\r\n" + row;
        if (final_line_end)
            content += "\r\n";
        return {std::move(name), std::move(content)};
    }
};

/// `n` different elements.
template <class T>
[[nodiscard]] std::vector<T> draw(random_source& random, std::vector<T> from, int n) {
    random.shuffle(from);
    from.resize(static_cast<std::size_t>(n));
    return from;
}

[[nodiscard]] inline seconds between(random_source& random, seconds low, seconds high) {
    return seconds{random.between(low.count(), high.count())};
}

/// Instants of one account: drawn ones never coincide with another.
class timeline {
  public:
    sys_seconds draw(random_source& random, sys_seconds low, sys_seconds high) {
        for (;;) {
            auto const at = low + between(random, seconds{0}, high - low);
            if (take(at))
                return at;
        }
    }

    /// False if the instant was taken before.
    bool take(sys_seconds at) {
        auto const fresh = std::ranges::find(taken_, at) == taken_.end();
        if (fresh)
            taken_.push_back(at);
        return fresh;
    }

  private:
    std::vector<sys_seconds> taken_;
};

}  // namespace examples::detail
