// SPDX-License-Identifier: BSL-1.0
#include <support/names.hpp>

#include <algorithm>
#include <unordered_map>

namespace examples {

namespace {

/// How many letters were left out, added, replaced or swapped with their neighbour.
///
/// Source: optimal string alignment, after Damerau 1964.
std::size_t slips(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min(
                {last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::vector<std::string> const& known) {
    constexpr std::size_t longest = 100;
    auto const wanted = folded(name);
    std::optional<std::string> best;
    auto fewest = std::size_t{0};
    for (auto const& one : known) {
        auto const other = folded(one);
        auto const letters = std::max(wanted.size(), other.size());
        if (letters > longest && wanted != other)
            continue;
        auto const distance = wanted == other ? 0 : slips(wanted, other);
        if (distance > (letters + 3) / 4 || distance >= std::min(wanted.size(), other.size()))
            continue;
        if (!best || distance < fewest) {
            best = one;
            fewest = distance;
        }
    }
    return best;
}

void name_counts::add(std::string_view name) {
    auto const [place, is_new] = places_.try_emplace(std::string{name}, lines_.size());
    if (is_new)
        lines_.push_back({place->first, 0});
    ++lines_[place->second].count;
}

std::vector<std::string> usual_spellings(name_counts const& names) {
    std::unordered_map<std::string, name_counts::line const*> usual;
    for (auto const& one : names.lines()) {
        auto& best = usual.emplace(folded(one.name), &one).first->second;
        if (one.count > best->count)
            best = &one;
    }
    std::vector<std::string> result;
    for (auto const& [alike, best] : usual)
        result.push_back(best->name);
    return result;
}

std::vector<std::string> usual_spellings(std::vector<std::string> const& names) {
    name_counts counts;
    for (auto const& name : names)
        counts.add(name);
    return usual_spellings(counts);
}

}  // namespace examples
