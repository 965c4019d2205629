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
