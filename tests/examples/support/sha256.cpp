// SPDX-License-Identifier: BSL-1.0
#include <support/sha256.hpp>

#include <support/csv.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <string>

using examples::base64;
using examples::hexadecimal;
using examples::sha256;

// The examples of FIPS 180-4, and lengths around the end of a block.
TEST_CASE("digests that are known") {
    CHECK(hexadecimal(sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hexadecimal(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hexadecimal(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hexadecimal(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(hexadecimal(sha256(std::string(55, 'a'))) ==
          "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(hexadecimal(sha256(std::string(56, 'a'))) ==
          "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(hexadecimal(sha256(std::string(64, 'a'))) ==
          "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("a file of many blocks has the digest of its bytes") {
    scratch const place;
    std::string const content(3'000'001, 'q');
    auto const found = examples::digest_of(place.write("a", content));
    CHECK(found.bytes == content.size());
    CHECK(found.digest == sha256(content));
    CHECK(examples::digest_of(place.write("b", "")).digest == sha256(""));
}

TEST_CASE("base64 as a page's policy wants it") {
    CHECK(base64(sha256("")) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST_CASE("a file that cannot be read is told") {
    CHECK_THROWS_AS((void)examples::digest_of("/nowhere/at/all"), examples::input_error);
    CHECK_THROWS_AS((void)examples::digest_of("/"), examples::input_error);
}
