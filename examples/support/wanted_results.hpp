// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>

/// Which results a run is asked for: a program does the work that they need, and no other.
namespace examples {

/// What a run leaves behind, by the words of --only.
enum class result {
    terminal,     // what is printed, which is always there
    tables,       // what each model gives, and what is compared with it: intervals, an earlier run
    conversions,  // conversions with their touchpoints, without any, and refunds
    audit,
    validation,
    reconciliation,
    settings,  // what repeats the run
    summary,
    page,
    pictures
};

/// Some of the results, or all of them.
class wanted_results {
  public:
    wanted_results() = default;  // all
    /// Those that a list names: tables,audit
    ///
    /// Errors: CLI::ValidationError, listing the words there are.
    explicit wanted_results(std::string_view list);

    [[nodiscard]] bool all() const { return wanted_.all(); }
    [[nodiscard]] bool has(result one) const { return wanted_.test(static_cast<std::size_t>(one)); }
    template <class... Results>
    [[nodiscard]] bool any_of(Results... some) const {
        return (has(some) || ...);
    }
    /// Those that are files.
    [[nodiscard]] bool any_files() const;

    /// For people: what is not there, and why; empty if all are.
    [[nodiscard]] std::string left_out_text() const;

  private:
    static constexpr std::size_t number = static_cast<std::size_t>(result::pictures) + 1;

    std::bitset<number> wanted_ = std::bitset<number>{}.set();
};

/// The words of --only and what they stand for, in lines for --help.
[[nodiscard]] std::string help_on_wanted_results();

}  // namespace examples
