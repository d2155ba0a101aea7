#!/bin/sh
# Runs a command with the path of a small file system as its last argument; the file system ends with it.
# It is mounted in a namespace of its own, so that no rights are needed and no mount stays behind.
set -e
disk=$(mktemp -d /tmp/small-disk.XXXXXX)
trap 'rmdir "$disk"' EXIT
size=${SMALL_DISK:-512m}
if [ "$(id -u)" = 0 ]; then
    unshare --mount sh -c 'disk=$1 && mount -t tmpfs -o "size=$2" chaos "$disk" && shift 2 && exec "$@" "$disk"' \
        sh "$disk" "$size" "$@"
else
    # PostgreSQL does not run as root, not even as the root of a namespace.
    unshare --user --map-root-user --mount sh -c 'disk=$1 user=$3 && mount -t tmpfs -o "size=$2" chaos "$disk" \
        && shift 3 && exec unshare --user --map-user="$user" "$@" "$disk"' sh "$disk" "$size" "$(id -u)" "$@"
fi
