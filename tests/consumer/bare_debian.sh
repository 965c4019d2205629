#!/bin/bash
# SPDX-License-Identifier: BSL-1.0
# The first five minutes: does what the README says, line by line, in a Debian 12 that has nothing else.
# Needs root, debootstrap, and the mirror that this machine's apt uses. $REPOSITORY is the last commit of this tree.
# bare_debian.sh WORK_DIRECTORY
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
root=$1/root
marker='<!-- tests/consumer/bare_debian.sh runs this -->'
commands=$(awk -v marker="$marker" '$0 == marker { found = 1 } found && /^```$/ { exit } code; found && /^```sh$/ { code = 1 }' \
    "$source/README.md")
[ -n "$commands" ] || { echo "README.md has no commands after $marker"; exit 1; }

cleanup() {
    if mountpoint -q "$root/proc"; then umount "$root/proc"; fi
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | awk '$2 == "bookworm" { print $1; exit }')
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$1/debootstrap.log" || { tail "$1/debootstrap.log"; exit 1; }
mount -t proc proc "$root/proc"
git clone --quiet --bare "$source" "$root/attribution.git"

begin=$SECONDS
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive \
    REPOSITORY=/attribution.git \
    bash -euxc "cd /root
$commands" | tee "$1/output"
echo "from nothing to a first own program in $((SECONDS - begin)) s"
diff <(tail -n "$(wc -l <"$source/examples/recipes/first_five_minutes.out")" "$1/output") \
    "$source/examples/recipes/first_five_minutes.out"
