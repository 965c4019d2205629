#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Makes the module and a program that imports it.
# module.sh MODULE_UNIT INCLUDE_DIRECTORY WORK_DIRECTORY COMPILER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
unit=$1 include=$2 work=$3 compiler=$4
mkdir -p "$work"
"$compiler" -std=c++20 -pthread -I "$include" --precompile "$unit" -o "$work/attribution.pcm"
"$compiler" -std=c++20 -pthread -fmodule-file=attribution="$work/attribution.pcm" "$here/imported.cpp" \
    "$work/attribution.pcm" -o "$work/imported"
"$work/imported"
