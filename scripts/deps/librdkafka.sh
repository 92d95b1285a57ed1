#!/usr/bin/env bash
# Prints the folder (include/, lib/) of librdkafka 2.15.1, building it when it is not there from its official source, as
# shipped inside an npm package whose checksum is pinned. Usage: librdkafka.sh plain|address|thread
. "$(dirname "$0")/cache.sh"

version=2.15.1   # changing how it is built, too, needs a new name in the last line: the cache goes by the name
package=@confluentinc/kafka-javascript@1.10.1
integrity=KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==
flavour=${1:?usage: librdkafka.sh plain|address|thread}

sanitizer=
optimise="-O1 -g1 -fno-omit-frame-pointer"
options=(--no-download --disable-gssapi --enable-ssl --enable-zlib --enable-zstd --enable-lz4-ext --enable-curl
         --disable-debug-symbols)
case $flavour in
  plain) optimise="-O2 -g1" ;;
  address) sanitizer=-fsanitize=address ;;
  # The sanitizer does not know glibc's C11 threads.
  thread) sanitizer=-fsanitize=thread; options+=(--disable-c11threads) ;;
  *) echo "librdkafka: unknown flavour '$flavour', expected plain, address or thread" >&2; exit 1 ;;
esac

fetch_source() {
  npm pack --silent --ignore-scripts "$package"
  local actual
  actual=$(openssl dgst -sha512 -binary ./*.tgz | base64 -w0)
  if [ "$actual" != "$integrity" ]; then
    echo "librdkafka: checksum of $package is sha512-$actual, expected sha512-$integrity"
    exit 1
  fi
  tar xzf ./*.tgz
}

build_library() {
  need npm "fetch the source of librdkafka"
  need clang-19 "build librdkafka"
  fetch_source
  cd package/deps/librdkafka
  CC=clang-19 CXX=clang++-19 CFLAGS="$optimise -fPIC $sanitizer" LDFLAGS=$sanitizer ./configure "${options[@]}"
  make -C src -j"$(nproc)" librdkafka.a
  mkdir -p "$work/out/include/librdkafka" "$work/out/lib"
  cp src/rdkafka.h src/rdkafka_mock.h "$work/out/include/librdkafka/"
  cp src/librdkafka.a "$work/out/lib/"
}

provide "librdkafka-$version-$flavour" build_library
