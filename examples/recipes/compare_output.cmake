# SPDX-License-Identifier: BSL-1.0
# Runs `program`, with the name of a recipe, and fails unless it prints exactly what the file `expected` holds.
execute_process(COMMAND ${program} ${recipe} OUTPUT_VARIABLE printed RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "${recipe} ended with status ${status}:\n${printed}")
endif()
file(READ ${expected} wanted)
if(NOT printed STREQUAL wanted)
    message(FATAL_ERROR "${recipe} printed\n${printed}\ninstead of\n${wanted}")
endif()
