# SPDX-License-Identifier: BSL-1.0
# Makes one C++ source of what the page is built from: cmake -D npm=... -D source=... -D work=...
# -D output=... -P bundle.cmake. Without npm, or where the packages cannot be had, the page gets no
# charting script and says so.
cmake_minimum_required(VERSION 3.25)

set(charts "")
if(npm)
    file(MAKE_DIRECTORY ${work})
    file(COPY ${source}/package.json ${source}/package-lock.json DESTINATION ${work})
    execute_process(
        COMMAND ${npm} ci --ignore-scripts --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY ${work}
        RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(failed)
        message(WARNING "report.html gets still pictures instead of interactive charts: npm could "
                        "not install the packages of ${source}/package-lock.json\n${said}")
    else()
        foreach(file hammerjs/hammer.min.js chart.js/dist/chart.umd.min.js
                chartjs-plugin-zoom/dist/chartjs-plugin-zoom.min.js)
            file(READ ${work}/node_modules/${file} script)
            # A browser's debugger would look for a file that is not there.
            string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" script "${script}")
            string(APPEND charts "${script}\n")
        endforeach()
    endif()
endif()
file(READ ${source}/report.css style)
set(script "")
foreach(file tables charts report)
    file(READ ${source}/${file}.js part)
    string(APPEND script "${part}")
endforeach()

set(text "// Made by examples/support/page/bundle.cmake\n#include <support/page.hpp>\n\n")
string(APPEND text "namespace examples {\n\npage_assets built_in_assets() {\n    return {")
foreach(asset style charts script)
    if("${${asset}}" MATCHES "</[sS][cCtT]")
        message(FATAL_ERROR "The ${asset} of the page contains what would end it")
    endif()
    string(APPEND text "R\"~PAGE~(${${asset}})~PAGE~\",\n            ")
endforeach()
string(APPEND text "};\n}\n\n}  // namespace examples\n")
file(WRITE ${output} "${text}")
