// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/text_set.hpp>

#include <vector>

namespace examples {

/// Leads from keys of one kind to those of another, by records that have both: from contacts to
/// accounts. Of several records of one key, the first counts. `Key` is a text that may be missing.
///
/// Edges:      a missing key, an unknown one, and one whose record names no other lead nowhere.
/// Complexity: borrows the keys that lead, and holds those that they lead to.
template <class Key>
class key_bridge {
  public:
    /// `from` and `to` are members of a record; `records` live longer.
    template <class Record>
    key_bridge(std::vector<Record> const& records, Key Record::*from, Key Record::*to) {
        for (auto const& record : records)
            if (auto const& key = record.*from; key && known_.add(*key) == leads_.size())
                leads_.push_back(record.*to);
    }

    [[nodiscard]] Key operator()(Key const& key) const {
        auto const number = key ? known_.find(*key) : text_set::none;
        return number == text_set::none ? Key{} : leads_[number];
    }

    /// From one member of each record to another.
    template <class Record, class From, class To>
    void lead(std::vector<Record>& records, From from, To to) const {
        for (auto& record : records)
            record.*to = (*this)(record.*from);
    }

  private:
    text_set known_;
    std::vector<Key> leads_;
};

}  // namespace examples
