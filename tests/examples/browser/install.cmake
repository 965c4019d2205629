# SPDX-License-Identifier: BSL-1.0
# Installs the packages of the lock file; where they cannot be had, the test that needs them is
# skipped.
cmake_minimum_required(VERSION 3.25)

file(MAKE_DIRECTORY ${work})
file(COPY ${source}/package.json ${source}/package-lock.json DESTINATION ${work})
execute_process(
    COMMAND ${npm} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    WORKING_DIRECTORY ${work}
    RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(failed)
    message(WARNING "The browser tests will be skipped: npm failed\n${said}")
endif()
file(TOUCH ${work}/installed)
