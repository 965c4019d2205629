// SPDX-License-Identifier: BSL-1.0
#include <support/key_bridge.hpp>

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
}
