// SPDX-License-Identifier: BSL-1.0
#include <support/names.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

namespace examples {

namespace {

/// A number that names have in common which differ in case or spaces around them only, and few others.
std::size_t folded_hash(std::string_view name) {
    auto const text = folded(name);
    return std::hash<std::string_view>{}(text);
}

/// The names in groups of those that differ in case or spaces only, by their places. Hashes are sorted,
/// not kept with their texts: nearly all groups have one name.
std::vector<std::vector<std::size_t>> alike_ones(std::vector<std::string_view> const& names) {
    std::vector<std::pair<std::size_t, std::size_t>> order;
    order.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        order.emplace_back(folded_hash(names[i]), i);
    std::ranges::sort(order);
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
        while (last < order.size() && order[last].first == order[first].first)
            ++last;
        if (last - first == 1) {
            groups.push_back({order[first].second});
            continue;
        }
        std::map<std::string, std::vector<std::size_t>> by_text;
        for (auto i = first; i < last; ++i)
            by_text[folded(names[order[i].second])].push_back(order[i].second);
        for (auto& [text, places] : by_text)
            groups.push_back(std::move(places));
    }
    return groups;
}

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
    auto place = places_.find(name);
    if (place == places_.end()) {
        place = places_.emplace(name, lines_.size()).first;
        lines_.push_back({place->first, 0});
    }
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

std::vector<std::string_view> usual_spellings(std::vector<std::string_view> const& names,
                                              std::vector<std::size_t> const& counts) {
    std::vector<std::string_view> result;
    for (auto const& alike : alike_ones(names)) {
        auto const best = *std::ranges::max_element(alike, {}, [&](std::size_t i) {
            return std::pair{counts[i], names.size() - i};
        });
        result.push_back(names[best]);
    }
    return result;
}

std::vector<bool> alike_one_of(std::vector<std::string_view> const& names,
                               std::vector<std::string_view> const& others) {
    if (names.empty())
        return {};
    std::unordered_map<std::string, bool> seen;  // which of them are among the others
    for (auto const name : names)
        seen.emplace(folded(name), false);
    for (auto const other : others)
        if (auto const place = seen.find(folded(other)); place != seen.end())
            place->second = true;
    std::vector<bool> result;
    for (auto const name : names)
        result.push_back(seen.find(folded(name))->second);
    return result;
}

std::vector<std::string> usual_spellings(std::vector<std::string> const& names) {
    name_counts counts;
    for (auto const& name : names)
        counts.add(name);
    return usual_spellings(counts);
}

}  // namespace examples
