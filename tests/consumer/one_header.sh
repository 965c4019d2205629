#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Compiles programs with nothing but an include directory: the one with all headers in one, the tree's own,
# both in two files of one program. Both in one file is refused by a sentence.
# one_header.sh SINGLE_HEADER_DIRECTORY INCLUDE_DIRECTORY WORK_DIRECTORY COMPILER [FLAG...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
single=$1 tree=$2 work=$3
shift 3
rm -rf "$work"
mkdir -p "$work"
"$@" -std=c++20 -Wall -Wextra -Wpedantic -Werror -I "$single" -c "$here/main.cpp" -o "$work/single.o"
"$@" -std=c++20 -I "$tree" -Dmain=other_main -c "$here/main.cpp" -o "$work/tree.o"
"$@" "$work/single.o" -o "$work/single" -pthread
"$work/single"
"$@" "$work/single.o" "$work/tree.o" -o "$work/both" -pthread
"$work/both"
for order in "$single/attribution/attribution.hpp $tree/attribution/attribution.hpp" \
    "$tree/attribution/version.hpp $single/attribution/attribution.hpp"; do
    for header in $order; do echo "#include \"$header\""; done >"$work/mixed.cpp"
    if "$@" -std=c++20 -I "$tree" -fsyntax-only "$work/mixed.cpp" 2>"$work/mixed.log"; then
        echo "compiled, though it has everything twice: $order"
        exit 1
    fi
    grep -q 'error.*attribution: .*so include either it or them' "$work/mixed.log" ||
        { head -5 "$work/mixed.log"; exit 1; }
done
