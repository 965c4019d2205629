// SPDX-License-Identifier: BSL-1.0
#include <support/key_bridge.hpp>

#include <support/kept_text.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

struct contact {
    std::optional<std::string> id, account;
};

}  // namespace

TEST_CASE("key_bridge: the first record of a key leads, and what is missing leads nowhere") {
    std::vector<contact> const contacts{{"ann", "acme"},
                                        {"ann", "other"},
                                        {"bob", std::nullopt},
                                        {std::nullopt, "acme"},
                                        {"bob", "late"}};
    examples::key_bridge const account_of{contacts, &contact::id, &contact::account};
    CHECK(account_of("ann") == "acme");
    CHECK(!account_of("bob"));
    CHECK(!account_of("eve"));
    CHECK(!account_of(std::nullopt));
    std::vector<contact> led{{"ann", std::nullopt}, {"eve", "acme"}};
    account_of.lead(led, &contact::id, &contact::account);
    CHECK(led[0].account == "acme");
    CHECK(!led[1].account);
}

TEST_CASE("key_bridge: keys in a store lead, too") {
    struct person {
        examples::maybe_text id, account;
    };
    examples::text_store texts;
    std::vector<person> const people{
        {texts.keep("ann"), texts.keep("acme")}, {texts.keep("bob"), {}}, {{}, texts.keep("acme")}};
    examples::key_bridge const account_of{people, &person::id, &person::account};
    CHECK(account_of(texts.keep("ann")).view() == "acme");
    CHECK(!account_of(texts.keep("bob")));
    CHECK(!account_of(texts.keep("")));
    CHECK(!account_of({}));
}
