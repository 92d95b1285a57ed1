# Registration of tests. Every test writes its cases to <build>/reports/<name>.xml, from which scripts/test counts them.
set(STRONGROOM_REPORTS ${CMAKE_BINARY_DIR}/reports)
# What crosses threads: the ThreadSanitizer build has the tests of these folders alone.
set(STRONGROOM_THREADED_FOLDERS runtime telemetry kafka genesys)
add_custom_target(test_programs COMMENT "All test binaries")

# strongroom_test_folders(FOLDER...): adds the folders of a test binary that belong into this build.
function(strongroom_test_folders)
  foreach(folder ${ARGN})
    if(NOT STRONGROOM_SANITIZER STREQUAL "thread" OR folder IN_LIST STRONGROOM_THREADED_FOLDERS)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()

# strongroom_test(NAME TARGET SECONDS): runs the GoogleTest binary TARGET under the label NAME.
function(strongroom_test name target seconds)
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES LABELS ${name} TIMEOUT ${seconds} ENVIRONMENT
    "GTEST_OUTPUT=xml:${STRONGROOM_REPORTS}/${name}.xml;ASAN_OPTIONS=detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1;TSAN_OPTIONS=halt_on_error=1")
  add_dependencies(test_programs ${target})
endfunction()

# strongroom_pytest(NAME LABEL SECONDS): runs the pytest files of tests/NAME, except in the sanitizers' builds.
function(strongroom_pytest name label seconds)
  if(STRONGROOM_SANITIZER)
    return()
  endif()
  add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/scripts/pytest ${CMAKE_SOURCE_DIR}/tests/${name}
    --junitxml=${STRONGROOM_REPORTS}/${name}.xml)
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${seconds}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} ENVIRONMENT "STRONGROOM_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
endfunction()
