// SPDX-License-Identifier: BSL-1.0
#include <support/names.hpp>

#include <attribution/quality/validate.hpp>

#include <scratch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace examples;

namespace {

struct record {
    std::optional<std::string> key;
};

std::vector<record> records(std::vector<std::string> const& keys) {
    std::vector<record> all;
    for (auto const& key : keys)
        all.push_back({key.empty() ? std::nullopt : std::optional{key}});
    return all;
}

}  // namespace

TEST_CASE("the name that was probably meant") {
    std::vector<std::string> const known{"Adwords", "Website", "Webinar", "TV"};
    CHECK(nearest("Adwrods", known) == "Adwords");
    CHECK(nearest("adwords ", known) == "Adwords");
    CHECK(nearest("AdWord", known) == "Adwords");
    CHECK(nearest("Webinars", known) == "Webinar");
    CHECK(!nearest("Billboard", known));
    CHECK(!nearest("X", known));
    CHECK(!nearest("", known));
    CHECK(!nearest("Adwords", {}));
    CHECK(!nearest(std::string(1'000'000, 'x'), {std::string(1'000'001, 'x')}));
}

TEST_CASE("how far a name may be from the one that was meant") {
    CHECK(nearest("abxye", {"abcde"}) == "abcde");  // two slips in five letters
    CHECK(!nearest("abxy", {"abcd"}));              // in four there may be one
    CHECK(nearest("abxd", {"abcd"}) == "abcd");
    CHECK(nearest("bacd", {"abcd"}) ==
          "abcd");  // neighbours swapped are one slip, also at the ends
    CHECK(nearest("abdc", {"abcd"}) == "abcd");
    CHECK(!nearest("bcda", {"abcd"}));
    CHECK(nearest("ab", {"abc"}) == "abc");
    CHECK(!nearest("a", {"ab"}));  // nothing of it would be left
    CHECK(nearest("Webinax", {"Webinar", "Webinat"}) == "Webinar");
    CHECK(nearest("Webinat", {"Webinar", "Webinat"}) == "Webinat");
    auto const longest = std::string(100, 'x');
    CHECK(nearest(longest.substr(1), {longest}) == longest);
    CHECK(!nearest(longest, {longest + 'x'}));
    CHECK(nearest(longest + 'X', {longest + 'x'}) == longest + 'x');
}

TEST_CASE("of spellings that are as frequent the first is usual") {
    CHECK(usual_spellings({"zoho", "Zoho"}) == std::vector<std::string>{"zoho"});
    CHECK(usual_spellings({"zoho", "Zoho", "Zoho"}) == std::vector<std::string>{"Zoho"});
    CHECK(usual_spellings(std::vector<std::string>{}).empty());
}

TEST_CASE("names in another case or with other spaces") {
    auto const usual = usual_spellings({"Zoho", "zoho", "Zoho", " Zoho", "web"});
    CHECK(std::ranges::count(usual, "Zoho") == 1);
    CHECK(std::ranges::count(usual, "web") == 1);
    CHECK(usual.size() == 2);
    auto const found =
        attribution::validate(records({"Zoho", "zoho", "", "Zoho ", "web", "mobile"}),
                              written_as_usual("platform", &record::key, usual));
    CHECK(found.count("written_as_usual(platform)") == 2);
    CHECK(found[0].rows == std::vector<std::size_t>{1, 3});
}
