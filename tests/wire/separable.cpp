// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/separable.hpp>

#include <attribution/learn/estimator.hpp>
#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

att::configuration const how{.model = "learned", .policy = "always"};

/// Sums of one's own: what each channel earned, and how often.
class earnings {
  public:
    using parts_type = std::vector<std::tuple<std::string, std::int64_t, std::uint64_t>>;

    void add(std::string const& channel, std::int64_t cents) {
        auto& [sum, count] = of_[channel];
        sum += cents;
        ++count;
    }
    [[nodiscard]] parts_type take_apart() const {
        parts_type parts;
        for (auto const& [channel, earned] : of_)
            parts.emplace_back(channel, earned.first, earned.second);
        return parts;
    }
    [[nodiscard]] std::string counted_by() const { return "earnings by channel"; }
    void merge_parts(parts_type const& parts) {
        for (auto const& [channel, cents, count] : parts)
            if (count == 0)
                throw std::invalid_argument{"earnings: nobody earned this"};
        for (auto const& [channel, cents, count] : parts) {
            of_[channel].first += cents;
            of_[channel].second += count;
        }
    }

  private:
    std::map<std::string, std::pair<std::int64_t, std::uint64_t>> of_;
};
static_assert(att::separable<earnings> && !att::learned_counts<earnings>);
static_assert(!att::separable<std::vector<int>>);

}  // namespace

TEST_CASE("sums of your own go over the wire") {
    earnings east;
    earnings west;
    earnings all;
    east.add("search", 10);
    west.add("mail", 5);
    west.add("search", 7);
    for (auto const& [channel, cents] :
         {std::pair{"search", 7}, std::pair{"mail", 5}, std::pair{"search", 10}})
        all.add(channel, cents);
    att::merge_bytes(east, att::to_bytes(west, how), how);
    CHECK(att::to_bytes(east, how) == att::to_bytes(all, how));
    auto const about = att::about_partial(att::to_bytes(all, how));
    CHECK(about.starts_with(
        "kind: earnings by channel\nvalues: list of (text, int64, uint64)\nmodel: learned\n"));
}
