// SPDX-License-Identifier: BSL-1.0
// Prints a digest of each kind of result. It is the same text from every compiler, at every level of
// optimisation, with every standard library and on every machine: golden.txt.
#include "digest.hpp"

int main() {
    same_bytes::rules();
    same_bytes::learned();
    same_bytes::reports();
    same_bytes::streams();
}
