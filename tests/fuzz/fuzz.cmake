# SPDX-License-Identifier: BSL-1.0
# cmake -D fuzzer=... -D corpus=... -D work=... -D seconds=... -P fuzz.cmake
# Fuzzes from a copy of the corpus; what crashes stays in the build tree.
set(crashes ${work}/crashes)
file(MAKE_DIRECTORY ${work}/corpus ${crashes})
file(COPY ${corpus}/ DESTINATION ${work}/corpus)
execute_process(
    COMMAND ${fuzzer} ${work}/corpus -max_total_time=${seconds} -max_len=4096 -timeout=20
        -rss_limit_mb=2048 -artifact_prefix=${crashes}/ -print_final_stats=1
    RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "A broken requirement, or an error of a sanitizer: see above. To see it again, run\n"
        "  ${fuzzer} FILE\nwith the file of ${crashes} that is named above.")
endif()
