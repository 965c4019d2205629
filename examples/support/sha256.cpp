// SPDX-License-Identifier: BSL-1.0
#include <support/sha256.hpp>

#include <support/csv.hpp>

#include <fmt/format.h>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <system_error>

namespace examples {

namespace {

constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using state = std::array<std::uint32_t, 8>;

void add_block(state& hash, std::string_view block) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 64; ++i)
        w[i / 4] = w[i / 4] << 8U | static_cast<unsigned char>(block[i]);
    for (std::size_t i = 16; i < 64; ++i) {
        auto const a = w[i - 15];
        auto const b = w[i - 2];
        w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3U) + w[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10U);
    }
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t i = 0; i < 64; ++i) {
        auto const first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                           ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
        auto const second =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    state const added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < hash.size(); ++i)
        hash[i] += added[i];
}

}  // namespace

sha256_digest sha256(std::string_view bytes) {
    state hash{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    auto const bits = std::uint64_t{bytes.size()} * 8;
    for (; bytes.size() >= 64; bytes.remove_prefix(64))
        add_block(hash, bytes.substr(0, 64));
    auto last = std::string{bytes} + '\x80';
    last.resize(last.size() <= 56 ? 56 : 120, '\0');
    for (unsigned shift = 64; shift > 0;)
        last += static_cast<char>(bits >> (shift -= 8) & 0xFFU);
    for (auto rest = std::string_view{last}; !rest.empty(); rest.remove_prefix(64))
        add_block(hash, rest.substr(0, 64));
    sha256_digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(hash[i / 4] >> (24 - 8 * (i % 4)) & 0xFFU);
    return digest;
}

std::string hexadecimal(sha256_digest const& digest) {
    std::string text;
    for (auto const byte : digest)
        text += fmt::format("{:02x}", byte);
    return text;
}

std::string base64(sha256_digest const& digest) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < digest.size(); i += 3) {
        auto const byte = [&](std::size_t at) {
            return at < digest.size() ? std::uint32_t{digest[at]} : 0U;
        };
        auto const bits = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        for (unsigned const shift : {18U, 12U, 6U, 0U})
            text += letters[bits >> shift & 0x3FU];
    }
    constexpr std::size_t missing = 1;  // 33 - 32 bytes
    text.replace(text.size() - missing, missing, missing, '=');
    return text;
}

std::string file_content(std::filesystem::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    std::string content{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.is_open() || stream.bad())
        throw input_error{{file.string()},
                          fmt::format("cannot be read ({}), do not remove or change it while this "
                                      "program runs",
                                      std::generic_category().message(errno))};
    return content;
}

}  // namespace examples
