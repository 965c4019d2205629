// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/keys.hpp>

#include <attribution/quality/validate.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

using rows = std::vector<std::size_t>;

struct touch {
    std::optional<std::string> contact;
    std::pair<int, int> place;
    int usage;
};

rows found_by(auto const& rule, auto const& range) {
    auto const found = att::validate(range, rule, {.limit = 100});
    CHECK(found.size() == 1);
    CHECK(found[0].count == found[0].rows.size());
    return found[0].rows;
}

}  // namespace

TEST_CASE("unique and fan_out: who repeats whom") {
    std::vector<touch> const log{{"a", {1, 1}, 0},
                                 {std::nullopt, {1, 2}, 1},
                                 {"a", {1, 1}, 1},
                                 {std::nullopt, {2, 1}, 1},
                                 {"", {0, 0}, 2}};
    CHECK(found_by(att::unique("contact", &touch::contact), log) == rows{2});
    CHECK(found_by(att::unique("place", &touch::place), log) == rows{2});
    CHECK(found_by(att::fan_out("contact", &touch::contact), log) == rows{0, 2});
    CHECK(found_by(att::unique("prefix", [](touch const&) { return std::string{"made up"}; }),
                   log) == rows{1, 2, 3, 4});
    CHECK(att::unique("contact", &touch::contact).text == "repeats the contact of an earlier row");
}

TEST_CASE("unique: text is compared by its characters") {
    char const first[] = "same";
    char const second[] = "same";
    std::vector<char const*> const texts{first, second};
    CHECK(found_by(att::unique("text", std::identity{}), texts) == rows{1});
}

TEST_CASE("required: empty optionals, empty texts, your own predicate") {
    std::vector<touch> const log{
        {"a", {}, 0}, {std::nullopt, {}, 1}, {"", {}, 2}, {"null", {}, 3}, {" ", {}, 0}};
    CHECK(found_by(att::required("contact", &touch::contact), log) == rows{1, 2});
    auto const exported_as_null = [](std::optional<std::string> const& text) {
        return !text || text->empty() || *text == "null";
    };
    CHECK(found_by(att::required("contact", &touch::contact, exported_as_null), log) ==
          rows{1, 2, 3});
    CHECK(found_by(att::required("usage", &touch::usage, [](int s) { return s == 0; }), log) ==
          rows{0, 4});
    std::vector<std::string_view> const texts{"", "x"};
    CHECK(found_by(att::required("text", std::identity{}), texts) == rows{0});
}

TEST_CASE("known: orphans, but not missing references") {
    std::vector<touch> const log{
        {"ann", {}, 7}, {"bob", {}, 8}, {std::nullopt, {}, 9}, {"", {}, 7}};
    CHECK(found_by(att::known("contact", &touch::contact, std::vector<std::string>{"ann", "x"}),
                   log) == rows{1, 3});
    CHECK(found_by(att::known("contact", &touch::contact, std::array{"bob", ""}), log) == rows{0});
    CHECK(found_by(att::known("usage", &touch::usage, std::array{7L, 9L}), log) == rows{1});
    // Keys of records; a missing key is no key.
    CHECK(found_by(att::known("contact", &touch::contact, log, &touch::contact), log).empty());
    std::vector<touch> const nobody{{std::nullopt, {}, 0}};
    CHECK(found_by(att::known("contact", &touch::contact, nobody, &touch::contact), log) ==
          rows{0, 1, 3});

    // The rule owns its keys.
    auto keys = std::vector<std::string>{"ann", "bob", ""};
    auto const rule = att::known("contact", &touch::contact, keys);
    keys.clear();
    CHECK(found_by(rule, log).empty());
}

TEST_CASE("law: unique, fan_out and known, over random rows") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        std::vector<int> ids;
        for (int n = d.below(30); n > 0; --n)
            ids.push_back(d.below(20));
        std::vector<int> keys;
        for (int n = d.below(15); n > 0; --n)
            keys.push_back(d.below(20));
        rows repeats, fans, orphans;
        for (std::size_t row = 0; row < ids.size(); ++row) {
            auto const begin = ids.begin();
            auto const here = begin + static_cast<std::ptrdiff_t>(row);
            if (std::find(begin, here, *here) != here)
                repeats.push_back(row);
            if (std::count(begin, ids.end(), *here) > 1)
                fans.push_back(row);
            if (std::find(keys.begin(), keys.end(), *here) == keys.end())
                orphans.push_back(row);
        }
        auto const self = std::identity{};
        support::holds(found_by(att::unique("id", self), ids) == repeats);
        support::holds(found_by(att::fan_out("id", self), ids) == fans);
        support::holds(found_by(att::known("id", self, keys), ids) == orphans);
        // Once per row, so that rows - repeats is the number of ids.
        std::map<int, int> distinct;
        for (auto const id : ids)
            ++distinct[id];
        support::holds(ids.size() - repeats.size() == distinct.size());
    });
}

TEST_CASE("a missing id breaks no rule about ids, whatever says that it is missing") {
    auto const self = std::identity{};
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> const numbers{nan, 1, nan, 1, 0.0, -0.0};
    CHECK(found_by(att::unique("id", self), numbers) == rows{3, 5});
    CHECK(found_by(att::fan_out("id", self), numbers) == rows{1, 3, 4, 5});
    CHECK(found_by(att::required("id", self), numbers) == rows{0, 2});
    CHECK(found_by(att::known("id", self, std::vector<double>{nan, 0}), numbers) == rows{1, 3});
    std::vector<char const*> const texts{nullptr, "a", nullptr, "a", ""};
    CHECK(found_by(att::unique("id", self), texts) == rows{3});
    CHECK(found_by(att::required("id", self), texts) == rows{0, 2, 4});
    CHECK(found_by(att::known("id", self, texts), texts).empty());
    using pair = std::pair<std::optional<int>, int>;
    std::vector<pair> const pairs{{{}, 1}, {{}, 1}, {2, 1}, {2, 1}};
    CHECK(found_by(att::unique("id", self), pairs) == rows{3});
}

TEST_CASE("known: references of another type than the keys are compared as the values they are") {
    auto const self = std::identity{};
    std::vector<std::int32_t> const keys{7, -1};
    std::vector<std::int64_t> const wide{7, 7 + (std::int64_t{1} << 32), -1, 4'294'967'295};
    CHECK(found_by(att::known("id", self, keys), wide) == rows{1, 3});
    std::vector<std::uint32_t> const natural{7, 4'294'967'295};
    CHECK(found_by(att::known("id", self, keys), natural) == rows{1});
    std::vector<double> const real{7, 7.5, 1e300};
    CHECK(found_by(att::known("id", self, keys), real) == rows{1, 2});
}

TEST_CASE("plausible_share: an id that stands for many") {
    auto const self = std::identity{};
    auto const notes = [](auto const& rule, auto const& range) {
        auto const found = att::validate(range, rule);
        REQUIRE(found.size() == 1);
        CHECK(found[0].severity == att::severity::warning);
        CHECK(found[0].count == found[0].notes.size());
        CHECK(found[0].rows.size() == found[0].count);
        return found[0].notes;
    };
    using texts = std::vector<std::string>;
    std::vector<int> ids(1000);
    std::iota(ids.begin(), ids.end(), 1);
    CHECK(notes(att::plausible_share("user", self), ids).empty());
    std::fill(ids.begin() + 10, ids.begin() + 110, 0);
    CHECK(notes(att::plausible_share("user", self), ids) == texts{"0 stands on 100 of 1000 rows"});
    CHECK(notes(att::plausible_share("user", self, 0.1), ids).empty());  // not more than that share
    CHECK(notes(att::plausible_share("user", self, 0.05, 101), ids).empty());

    std::vector<std::optional<std::string>> users(200, std::nullopt);  // missing ids cover nothing
    CHECK(notes(att::plausible_share("user", self), users).empty());
    std::fill(users.begin(), users.begin() + 120, "\\N");
    CHECK(notes(att::plausible_share("user", self), users) ==
          texts{"\"\\N\" stands on 120 of 200 rows"});
    std::vector<std::pair<int, int>> const places(100);
    CHECK(notes(att::plausible_share("place", self), places) ==
          texts{"one id stands on 100 of 100 rows"});
    CHECK(notes(att::plausible_share("user", self), std::vector<int>{}).empty());
    std::vector<std::string> const long_texts(100, std::string(59, 'x') + "\u00e9tude");
    CHECK(notes(att::plausible_share("user", self), long_texts) ==
          texts{'"' + std::string(59, 'x') + "...\" stands on 100 of 100 rows"});
    CHECK_THROWS_AS((void)att::plausible_share("user", self, 1.5), std::invalid_argument);
    CHECK_THROWS_AS((void)att::plausible_share("user", self, std::nan("")), std::invalid_argument);
}
