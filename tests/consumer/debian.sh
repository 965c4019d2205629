#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Makes the Debian package, installs it into a root of its own, builds a program against it with what
# pkg-config says, and removes it again.
# debian.sh BUILD_DIRECTORY WORK_DIRECTORY COMPILER [FLAG...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1 work=$2
shift 2
for command in dpkg dpkg-deb pkg-config; do
    command -v $command >/dev/null || { echo "skipped: $command is not installed"; exit 77; }
done
rm -rf "$work"
mkdir -p "$work/root/var/lib/dpkg"
: >"$work/root/var/lib/dpkg/status"
cpack --config "$build/CPackConfig.cmake" -B "$work" >"$work/cpack.log" || { cat "$work/cpack.log"; exit 1; }
installer() {
    # Its dependencies are installed on this machine, not in that root.
    dpkg --root="$work/root" --force-not-root --force-depends --force-script-chrootless "$@" 2>"$work/dpkg.log" ||
        { cat "$work/dpkg.log"; exit 1; }
}
installer --install "$work"/libattribution-dev_*_all.deb
export PKG_CONFIG_PATH="$work/root/usr/share/pkgconfig"
# shellcheck disable=SC2046 # flags are words
"$@" -std=c++20 $(pkg-config --cflags --libs attribution) "$here/main.cpp" -o "$work/consumer"
"$work/consumer"
installer --purge libattribution-dev
left=$(cd "$work/root" && find . -path '*attribution*' ! -path './var/lib/dpkg/*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
