// SPDX-License-Identifier: BSL-1.0
// fuzz_TARGET DIRECTORY...: runs a fuzz target over all files of the directories, where there is no
// libFuzzer. A failure says which file it was.
#include "fuzz/fuzzing.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i)
        for (auto const& entry : std::filesystem::directory_iterator{argv[i]})
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout);
        auto in = std::ifstream{file, std::ios::binary};
        std::vector<char> const bytes{std::istreambuf_iterator<char>{in}, {}};
        LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    }
    std::printf("%zu inputs\n", files.size());
    return files.empty() ? 1 : 0;
}
