// SPDX-License-Identifier: BSL-1.0
// Prints a digest of each kind of result. It is the same text from every compiler, at every level of
// optimisation, with every standard library and on every machine: golden.txt.
//
// `write DIRECTORY` writes what is sent to other machines, `read DIRECTORY` reads what one of them wrote.
#include "digest.hpp"

#include <exception>
#include <iostream>
#include <string_view>

int main(int arguments, char** argument) {
    try {
        if (arguments == 3 && std::string_view{argument[1]} == "write") {
            same_bytes::write_bytes(argument[2]);
        } else if (arguments == 3 && std::string_view{argument[1]} == "read") {
            same_bytes::read_bytes(argument[2]);
        } else {
            same_bytes::models();
            same_bytes::policies();
            same_bytes::records();
            same_bytes::credits();
            same_bytes::reports();
            same_bytes::learned();
            same_bytes::quality();
            same_bytes::streams();
            same_bytes::bytes();
        }
    } catch (std::exception const& error) {
        std::cerr << "error: " << error.what() << '\n';
        return 1;
    }
}
