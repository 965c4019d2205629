// SPDX-License-Identifier: BSL-1.0
#include <support/sha256.hpp>

#include <support/base64.hpp>
#include <support/csv.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace examples {

namespace {

class hasher {
  public:
    hasher() : context_{EVP_MD_CTX_new()} {
        check(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
    }
    void add(std::string_view bytes) {
        check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
    }
    [[nodiscard]] sha256_digest finish() {
        sha256_digest digest{};
        check(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
        return digest;
    }

  private:
    static void check(bool good) {
        if (!good)
            throw std::runtime_error{"SHA-256: this libcrypto cannot compute it"};
    }
    struct free_context {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, free_context> context_;
};

}  // namespace

sha256_digest sha256(std::string_view bytes) {
    hasher all;
    all.add(bytes);
    return all.finish();
}

std::string hexadecimal(sha256_digest const& digest) {
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string base64(sha256_digest const& digest) {
    return base64(std::string{digest.begin(), digest.end()});
}

file_digest digest_of(std::filesystem::path const& file) {
    constexpr std::size_t block_size = 1 << 20;
    std::ifstream stream{file, std::ios::binary};
    std::vector<char> block(block_size);
    hasher all;
    file_digest result;
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())),
           stream.gcount() > 0) {
        auto const bytes = static_cast<std::size_t>(stream.gcount());
        all.add({block.data(), bytes});
        result.bytes += bytes;
    }
    if (!stream.is_open() || stream.bad())
        throw input_error{{file.string()},
                          fmt::format("cannot be read ({}), do not remove or change it while this "
                                      "program runs",
                                      std::generic_category().message(errno))};
    result.digest = all.finish();
    return result;
}

}  // namespace examples
