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
# What is said of it, and what else is in it.
says() {
    case $2 in *"$3"*) ;; *) echo "$1 is '$2', without '$3'"; exit 1 ;; esac
}
depends=$(dpkg-deb --field "$work"/libattribution-dev_*_all.deb Depends)
says Depends "$depends" librange-v3-dev
says Depends "$depends" libhowardhinnant-date-dev
says Version "$(dpkg-deb --field "$work"/libattribution-dev_*_all.deb Version)" "$(pkg-config --modversion attribution)"
says Libs "$(pkg-config --libs attribution)" -pthread
says Cflags "$(pkg-config --cflags attribution)" -pthread
for file in licenses/attribution/LICENSE cmake/attribution/attribution-config.cmake attribution/attribution_gdb.py \
    attribution/attribution.natvis attribution/attribution.cppm; do
    [ -s "$work/root/usr/share/$file" ] || { echo "not installed: share/$file"; exit 1; }
done
# shellcheck disable=SC2046 # flags are words
"$@" -std=c++20 $(pkg-config --cflags --libs attribution) "$here/main.cpp" -o "$work/consumer"
"$work/consumer"
installer --purge libattribution-dev
left=$(cd "$work/root" && find . -path '*attribution*' ! -path './var/lib/dpkg/*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
