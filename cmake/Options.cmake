# Flags that every target of ours gets, through one interface target.
add_library(strongroom_options INTERFACE)
target_include_directories(strongroom_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(strongroom_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wextra-semi
  -Wimplicit-fallthrough -Wunused -Werror)
# Asio, Beast and Boost.JSON bodies are compiled once: shared/runtime/asio_src.cpp, shared/http_server/beast_src.cpp.
target_compile_definitions(strongroom_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)

set(STRONGROOM_SANITIZER "" CACHE STRING "address, thread or empty")
if(STRONGROOM_SANITIZER STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(STRONGROOM_SANITIZER STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
