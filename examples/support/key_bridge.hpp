// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace examples {

/// Leads from keys of one kind to those of another, by records that have both: from contacts to
/// accounts. Of several records of one key, the first counts.
///
/// Edges:      a missing key, an unknown one, and one whose record names no other lead nowhere.
/// Complexity: holds the keys.
class key_bridge {
  public:
    /// `from` and `to` are projections of a record to optional texts.
    template <class Records, class From, class To>
    key_bridge(Records const& records, From from, To to) {
        for (auto const& record : records)
            if (std::optional<std::string> const& key = std::invoke(from, record))
                leads_.emplace(*key, std::invoke(to, record));
    }

    [[nodiscard]] std::optional<std::string>
    operator()(std::optional<std::string> const& key) const {
        auto const known = key ? leads_.find(*key) : leads_.end();
        return known == leads_.end() ? std::nullopt : known->second;
    }

  private:
    std::unordered_map<std::string, std::optional<std::string>> leads_;
};

}  // namespace examples
