// SPDX-License-Identifier: BSL-1.0
#include <support/kept_text.hpp>

#include <support/text_set.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace examples;

TEST_CASE("kept texts are what they were, wherever their store is moved") {
    text_store store;
    std::vector<std::string> const texts{"", "a", std::string(70'000, 'x'),
                                         std::string("NUL \0 in it", 11), "last"};
    std::vector<kept_text> kept;
    for (auto const& text : texts)
        kept.push_back(store.keep(text));
    for (int i = 0; i < 10'000; ++i)
        (void)store.keep("fills blocks");
    auto const moved = std::move(store);
    for (std::size_t i = 0; i < texts.size(); ++i)
        CHECK(std::string_view{kept[i]} == texts[i]);
    CHECK(kept_text{}.empty());
    CHECK(kept[0] == kept_text{});
    CHECK(kept[1] < kept[4]);
    CHECK(std::hash<kept_text>{}(kept[1]) == std::hash<std::string_view>{}("a"));
}

TEST_CASE("a text that may be missing is not an empty one") {
    CHECK(!maybe_text{}.has_value());
    CHECK(!maybe_text{}.view());
    maybe_text const empty = kept_text{};
    CHECK(empty.has_value());
    CHECK(empty.view() == std::string_view{});
    static_assert(sizeof(maybe_text) == sizeof(char*));
}

TEST_CASE("names are kept once") {
    name_store names;
    auto const first = names.keep("Email");
    CHECK(names.keep("Web") == std::string_view{"Web"});
    CHECK(std::string_view{names.keep("Email")}.data() == std::string_view{first}.data());
    CHECK(names.keep("").empty());
}

TEST_CASE("keys are kept once, in a store of others") {
    text_store store;
    kept_once keys;
    CHECK(!keys.find("ann"));
    auto const ann = keys.keep(store, "ann");
    (void)store.keep("ann");
    (void)keys.keep(store, "bob");
    CHECK(keys.keep(store, std::string{"ann"}).view().data() == ann.view().data());
    CHECK((*keys.find("ann")).view().data() == ann.view().data());
    CHECK(!keys.find("an"));
    CHECK(!keys.find(""));
    CHECK(keys.keep(store, "").empty());
    CHECK(keys.find("").has_value());
    keys = {};
    CHECK(ann.view() == "ann");
    CHECK(!keys.find("ann"));
}

TEST_CASE("a set of texts numbers them as they come") {
    std::vector<std::string> texts;
    for (int i = 0; i < 5'000; ++i)
        texts.push_back("text " + std::to_string(i));
    text_set set;
    CHECK(!set.contains(""));
    for (std::size_t i = 0; i < texts.size(); ++i)
        CHECK(set.add(texts[i]) == i);
    auto const again = std::string{"text 4321"};
    CHECK(set.add(again) == 4321);
    CHECK(set.find("text 5000") == text_set::none);
    CHECK(set.add("") == 5'000);
    CHECK(set.contains(""));
    CHECK(set.size() == 5'001);
    CHECK(set.texts()[17] == "text 17");
}
