# SPDX-License-Identifier: BSL-1.0
# Builds TARGET, which must fail with a diagnostic that SOURCE expects: its line `// EXPECT: <regex>`.
# With CONTROL, it must succeed.
execute_process(
    COMMAND ${CMAKE_COMMAND} --build ${BUILD_DIR} --target ${TARGET}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(CONTROL)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "The control must compile:\n${output}")
    endif()
    return()
endif()
file(STRINGS ${SOURCE} expected REGEX "^// EXPECT: " LIMIT_COUNT 1)
string(REPLACE "// EXPECT: " "" expected "${expected}")
if(expected STREQUAL "")
    message(FATAL_ERROR "${SOURCE} does not say what to expect")
endif()
if(result EQUAL 0)
    message(FATAL_ERROR "${TARGET} compiles, but must not")
endif()
string(REGEX REPLACE "[ \n]+" " " output "${output}")
if(NOT output MATCHES "error[^A-Za-z].*(${expected})")
    message(FATAL_ERROR "Failed to compile, but not with '${expected}':\n${output}")
endif()
