# SPDX-License-Identifier: BSL-1.0
# Without npm, and with one that fails, the page gets no charts, and the build goes on.
cmake_minimum_required(VERSION 3.25)

foreach(npm "" false)
    set(output ${work}/${npm}assets.cpp)
    file(REMOVE ${output})
    execute_process(
        COMMAND ${CMAKE_COMMAND} -D npm=${npm} -D source=${source} -D work=${work} -D output=${output}
            -P ${source}/bundle.cmake
        RESULT_VARIABLE failed ERROR_VARIABLE said)
    if(failed)
        message(FATAL_ERROR "bundle.cmake with npm='${npm}' failed: ${said}")
    endif()
    if(npm AND NOT said MATCHES "still pictures instead")
        message(FATAL_ERROR "bundle.cmake does not say what is missing: ${said}")
    endif()
    file(READ ${output} made)
    string(FIND "${made}" "~PAGE~()~PAGE~" no_charts)
    string(FIND "${made}" "report-data" script)
    if(no_charts EQUAL -1 OR script EQUAL -1)
        message(FATAL_ERROR "bundle.cmake with npm='${npm}' made something else")
    endif()
endforeach()
