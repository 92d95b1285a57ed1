#!/usr/bin/env bash
# Prints the path of a Go program, building it when it is not there. Its version and the checksums of all that it is made of
# are in the go.mod and go.sum of the folder with its name. Usage: go_tool.sh versitygw|buf
. "$(dirname "$0")/cache.sh"

tool=${1:?usage: go_tool.sh versitygw|buf}
module=$here/$tool
[ -f "$module/go.mod" ] || { echo "go_tool: there is no $module/go.mod" >&2; exit 1; }

build_tool() {
  need go "build $tool"
  cp "$module"/go.* .
  local program
  program=$(awk '$1 == "tool" { print $2 }' go.mod)
  CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags '-s -w' -o "out/$tool" "$program"
}

prefix=$(provide "$tool-$(checksum_of "$module/go.mod" "$module/go.sum")" build_tool)
echo "$prefix/$tool"
