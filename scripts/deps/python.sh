#!/usr/bin/env bash
# Prints the folder of the Python environment that runs the test stack and the tests, building it when it is not there from
# tests/requirements.lock, where every package is pinned with its checksums.
. "$(dirname "$0")/cache.sh"

lock=$root/tests/requirements.lock
python=${PYTHON:-python3}

build_environment() {
  # An environment knows its own path, so it is built in place; it counts as there only when "complete" is.
  rm -rf "$prefix.venv"
  "$python" -m venv "$prefix.venv"
  "$prefix.venv/bin/python" -m pip install --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$lock"
  # A link to its folder would not do: Python looks for its packages beside the path that it was called by.
  mkdir out/bin
  printf '#!/bin/sh\nexec "%s.venv/bin/python" "$@"\n' "$prefix" >out/bin/python
  chmod +x out/bin/python
}

name=python need "$python" "run the tests"
provide "python-$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-$(checksum_of "$lock" "$0")" build_environment
