#!/usr/bin/env bash
# Builds librdkafka 2.15.1 from its official source, as shipped inside an npm package whose checksum is pinned, into the
# dependency cache, and prints the prefix. Usage: librdkafka.sh plain|address|thread
set -euo pipefail

version=2.15.1
package=@confluentinc/kafka-javascript@1.10.1
integrity=KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==
flavour=${1:?usage: librdkafka.sh plain|address|thread}
cache=${STRONGROOM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/strongroom}
prefix=$cache/librdkafka-$version-$flavour

if [ ! -f "$prefix/lib/librdkafka.a" ]; then
  mkdir -p "$cache"
  exec 9>"$cache/librdkafka-$flavour.lock"
  flock 9
fi
if [ ! -f "$prefix/lib/librdkafka.a" ]; then
  work=$(mktemp -d "$cache/librdkafka.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  {
    cd "$work"
    npm pack --silent --ignore-scripts "$package"
    actual=$(openssl dgst -sha512 -binary ./*.tgz | base64 -w0)
    if [ "$actual" != "$integrity" ]; then
      echo "librdkafka: checksum of $package is sha512-$actual, expected sha512-$integrity" >&2
      exit 1
    fi
    tar xzf ./*.tgz
    cd package/deps/librdkafka
    flags="-O2 -g1 -fPIC"
    options=(--no-download --disable-gssapi --enable-ssl --enable-zlib --enable-zstd --enable-lz4-ext --enable-curl
             --disable-debug-symbols)
    case $flavour in
      plain) ;;
      address) flags="-O1 -g1 -fsanitize=address -fno-omit-frame-pointer" ;;
      thread) flags="-O1 -g1 -fsanitize=thread -fno-omit-frame-pointer"; options+=(--disable-c11threads) ;;
      *) echo "librdkafka: unknown flavour '$flavour', expected plain, address or thread" >&2; exit 1 ;;
    esac
    CC=clang-19 CXX=clang++-19 CFLAGS="$flags" LDFLAGS="${flags/-O? -g1/}" ./configure "${options[@]}"
    make -C src -j"$(nproc)" librdkafka.a
    mkdir -p "$work/out/include/librdkafka" "$work/out/lib"
    cp src/rdkafka.h src/rdkafka_mock.h "$work/out/include/librdkafka/"
    cp src/librdkafka.a "$work/out/lib/"
    rm -rf "$prefix"
    mv "$work/out" "$prefix"
  } >"$cache/librdkafka-$flavour.log" 2>&1 || { tail -n 40 "$cache/librdkafka-$flavour.log" >&2; exit 1; }
fi
echo "$prefix"
