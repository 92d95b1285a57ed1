# Sourced by the scripts beside it: where built dependencies lie, and how one is built by one process at a time.
# Every dependency has a folder of its own in the cache, named by version and checksum, so checkouts of different ages share
# the cache without disturbing each other.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${STRONGROOM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/strongroom}

# checksum_of FILE...: eight digits that change when one of the files does.
checksum_of() { cat "$@" | sha256sum | cut -c1-8; }

# need TOOL WHY: fails with a sentence when TOOL is not on the path.
need() { command -v "$1" >/dev/null || { echo "$name: '$1' is not installed; it is needed to $2" >&2; exit 1; }; }

# provide NAME FUNCTION: prints the folder NAME of the cache. When it is not there, FUNCTION builds it in the scratch folder
# $work, putting its result in $work/out; what it prints goes to NAME.log, whose end is shown when it fails.
provide() {
  local name=$1 build=$2 prefix=$cache/$1
  if [ ! -d "$prefix" ]; then
    mkdir -p "$cache"
    exec 9>"$cache/$name.lock"
    flock 9
  fi
  [ -d "$prefix" ] || build_into "$prefix"
  echo "$prefix"
}

build_into() {
  local log=$prefix.log
  work=$(mktemp -d "$cache/$name.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  echo "building $name" >&2
  # Not "if ! (...)": inside a condition bash ignores every failure but the last.
  local status=0
  set +e
  (set -e; cd "$work"; mkdir out; "$build") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [ "$status" != 0 ]; then
    tail -n 40 "$log" >&2
    echo "$name: building it failed; the whole log is $log" >&2
    exit 1
  fi
  mv "$work/out" "$prefix"
}
