# SPDX-License-Identifier: BSL-1.0
# Compiles SOURCE as COMMANDS has it, which must fail with a diagnostic that SOURCE expects: its line
# `// EXPECT: <regex>`. With CONTROL, it must succeed.
cmake_path(GET SOURCE FILENAME name)
file(STRINGS ${COMMANDS} command REGEX "\"command\": .*/compile_fail/${name}\"")
list(LENGTH command found)
if(NOT found EQUAL 1)
    message(FATAL_ERROR "${COMMANDS} has ${found} commands for ${name}; configure again")
endif()
string(REGEX REPLACE "^ *\"command\": \"(.*)\",?$" "\\1" command "${command}")
string(REPLACE "\\\"" "\"" command "${command}")
separate_arguments(command UNIX_COMMAND "${command}")
file(STRINGS ${SOURCE} expected REGEX "^// EXPECT: " LIMIT_COUNT 1)
string(REPLACE "// EXPECT: " "" expected "${expected}")
if(expected STREQUAL "" AND NOT CONTROL)
    message(FATAL_ERROR "${SOURCE} does not say what to expect")
endif()
# Most say at the first error what is expected, which saves compiling what the headers hold until the end of
# the file; who does not is compiled whole.
foreach(flag IN ITEMS -Wfatal-errors "")
    execute_process(
        COMMAND ${command} -fsyntax-only ${flag}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(CONTROL)
        if(NOT result EQUAL 0)
            message(FATAL_ERROR "The control must compile:\n${output}")
        endif()
        return()
    endif()
    if(result EQUAL 0)
        message(FATAL_ERROR "${SOURCE} compiles, but must not")
    endif()
    string(REGEX REPLACE "[ \n]+" " " output "${output}")
    if(output MATCHES "error[^A-Za-z].*(${expected})")
        return()
    endif()
endforeach()
message(FATAL_ERROR "Failed to compile, but not with '${expected}':\n${output}")
