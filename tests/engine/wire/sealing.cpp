// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/sealing.hpp>

#include "wire/support.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace att = attribution;
using att::detail::description;

namespace {

att::configuration const how{.model = "linear",
                             .policy = "30 days",
                             .grouping = "channel",
                             .more = {{"half-life", "7 days"}}};

std::string refusal(att::configuration const& other) {
    try {
        (void)att::detail::unseal(description{"tally", "int64", other},
                                  att::detail::seal({"tally", "int64", how}, "body"));
        return {};
    } catch (att::partial_error const& error) {
        CHECK(error.reason() == att::partial_failure::other_configuration);
        return error.what();
    }
}

}  // namespace

TEST_CASE("what was sealed comes back, and nothing that was damaged") {
    description const about{"tally", "int64", how};
    auto const bytes = att::detail::seal(about, "body");
    CHECK(att::detail::unseal(about, bytes) == "body");
    support::refuses_all_damage(bytes,
                                [&](std::string const& b) { (void)att::detail::unseal(about, b); });
}

TEST_CASE("another configuration is refused with what differs") {
    CHECK(refusal(how).empty());
    auto other = how;
    other.policy = "90 days";
    CHECK(refusal(other) ==
          "partial: these results are of another configuration: policy is '30 days', and here '90 "
          "days'");
    other.more = {{"time zone", "UTC"}};
    CHECK(refusal(other) ==
          "partial: these results are of another configuration: policy is '30 days', and here '90 "
          "days'; time zone is '(not said)', and here 'UTC'; half-life is '7 days', and here '(not "
          "said)'");
}

TEST_CASE("a description is accepted as it is written, and in no other way") {
    description const about{"tally", "int64", how};
    auto const with = [](std::string const& text) {
        att::detail::byte_writer out;
        out.raw(att::detail::sealed_magic);
        out.fixed(att::detail::sealed_version, 4);
        out.fixed(text.size(), 4);
        out.raw(text);
        out.fixed(att::stable_hash(text));
        out.fixed(0);
        out.fixed(att::detail::checksum(out.bytes()));
        return out.take();
    };
    CHECK(att::detail::unseal(about, with(about.text())).empty());
    auto const fault = [&](std::string const& text) {
        return support::failure_of([&] { (void)att::detail::unseal(about, with(text)); });
    };
    auto const text = about.text();
    auto const second = text.find('\n') + 1;
    CHECK(fault(text.substr(second) + text.substr(0, second)) == att::partial_failure::corrupt);
    CHECK(fault(text + "model: linear\n") == att::partial_failure::corrupt);  // twice
    CHECK(fault(text + "more: 1\n") == att::partial_failure::other_configuration);
    for (auto const* const line : {": x\n", "a:b: x\n", "a:b\n", "x\n", "a: b"})
        CHECK(support::failure_of([&] {
                  (void)description::parse(att::detail::unsealed(with(text + line)).about);
              }) == att::partial_failure::corrupt);
}

TEST_CASE("a description under the hash of another is refused") {
    description const about{"tally", "int64", how};
    auto bytes = att::detail::seal(about, "body");
    auto const hash = 8 + 4 + 4 + about.text().size();
    bytes[hash] = static_cast<char>(bytes[hash] ^ 1);
    bytes.resize(bytes.size() - 8);
    att::detail::byte_writer checksum;
    checksum.fixed(att::detail::checksum(bytes));
    CHECK_THROWS_WITH((void)att::detail::unseal(about, bytes + checksum.take()),
                      "partial: the checksum is wrong: bytes were changed");
}

TEST_CASE("a configuration is made of lines") {
    auto const sealed_with = [](std::string const& name, std::string const& value) {
        auto odd = how;
        odd.more = {{name, value}};
        return att::detail::seal({"tally", "int64", odd}, "");
    };
    CHECK_NOTHROW((void)sealed_with("a", "b: c"));
    CHECK_THROWS_AS((void)sealed_with("", "b"), std::invalid_argument);
    CHECK_THROWS_AS((void)sealed_with("a:", "b"), std::invalid_argument);
    CHECK_THROWS_AS((void)sealed_with("a", "b\nmodel: c"), std::invalid_argument);
    CHECK_THROWS_AS((void)sealed_with("model", "twice"), std::invalid_argument);
}
