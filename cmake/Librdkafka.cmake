# librdkafka is built from its official source by scripts/deps/librdkafka.sh into a cache outside the build tree, keyed by
# version and flavour; the script prints the prefix and does nothing when the library is there already.
set(flavour plain)
if(STRONGROOM_SANITIZER)
  set(flavour ${STRONGROOM_SANITIZER})
endif()
execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/deps/librdkafka.sh ${flavour}
  OUTPUT_VARIABLE rdkafka_prefix OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
add_library(rdkafka STATIC IMPORTED)
set_target_properties(rdkafka PROPERTIES
  IMPORTED_LOCATION ${rdkafka_prefix}/lib/librdkafka.a
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${rdkafka_prefix}/include
  INTERFACE_INCLUDE_DIRECTORIES ${rdkafka_prefix}/include
  INTERFACE_LINK_LIBRARIES "CURL::libcurl;OpenSSL::SSL;OpenSSL::Crypto;z;zstd;lz4;m;dl;Threads::Threads")
