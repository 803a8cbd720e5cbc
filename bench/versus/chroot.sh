#!/bin/sh
# Makes a Debian sid system with all peers in a directory, or brings the one there up to date, and runs the
# comparison in it. As root, with debootstrap:
#   bench/versus/chroot.sh <directory> [<mirror>]
# The results are copied to build/versus, where the target bench-report looks for them. Environment:
# ACTFN_BENCH_ARGS and ACTFN_VERSUS_EVERY as for the preset, APT_OPTIONS for apt-get.
set -eu
root=${1:?usage: chroot.sh <directory> [<mirror>]}
mirror=${2:-}
cd "$(dirname "$0")/../.."

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase --include=ca-certificates sid "$root" $mirror

# What git knows, as the working tree has it; no build trees.
rm -rf "$root/srv/versus_src/include" "$root/srv/versus_src/bench" "$root/srv/versus_src/tests"
mkdir -p "$root/srv/versus_src"
git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
    tar --null --files-from=- --create --file=- | tar --extract --directory="$root/srv/versus_src"

# In a mount namespace of its own, so that nothing stays mounted.
unshare --mount sh -eu -c '
    for d in proc sys dev; do mount --bind "/$d" "$1/$d"; done
    exec chroot "$1" env DEBIAN_FRONTEND=noninteractive sh -eu -c "
        apt-get ${APT_OPTIONS:-} -q update
        apt-get ${APT_OPTIONS:-} -q install -y --no-install-recommends g++ cmake ninja-build \
            libxsimd-dev libbenchmark-dev nlohmann-json3-dev libeigen3-dev libsleef-dev libhwy-dev libdnnl-dev \
            libxnnpack-dev libpthreadpool-dev libggml-dev libtorch-dev libtbb-dev
        cd /srv/versus_src
        CMAKE_GENERATOR=Ninja cmake --workflow --preset versus"
' sh "$root"

mkdir -p build/versus
for results in speed threads accuracy; do cp "$root/srv/versus_src/build/versus/$results.json" build/versus/; done
