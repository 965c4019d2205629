// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that differs between compilers, and the compiler settings that the library refuses
// because its results would not keep their promises.
//
// For users:   ATTRIBUTION_HUGE_PAGES        define it to ask Linux for huge pages (sys/mman.h)
//              ATTRIBUTION_PORTABLE_INT128   define it to use the library's own 128-bit integers where
//                                            the compiler has its own, too

#include <cfloat>

#ifdef ATTRIBUTION_SINGLE_HEADER
#error "attribution: all of its headers in one are included already, so include either it or them"
#endif

#if __cplusplus < 202002L
#error "attribution needs C++20: compile with -std=c++20 (or /std:c++20 /Zc:__cplusplus)"
#include <attribution_needs_c++20>  // not there: otherwise the compiler would go on for pages
#endif

#if (defined(__GNUC__) && !defined(__EXCEPTIONS)) || (defined(_MSC_VER) && !defined(_CPPUNWIND))
#error "attribution reports errors by exceptions: compile without -fno-exceptions"
#endif

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) ||           \
    defined(_M_FP_FAST)
#error                                                                                             \
    "attribution promises the same bytes everywhere, which -ffast-math, -ffinite-math-only and \
/fp:fast break: compile without them the files that include it"
#endif

#if FLT_EVAL_METHOD != 0
#error                                                                                             \
    "attribution promises the same bytes everywhere, which needs doubles that are no wider than \
they are stored: compile with -msse2 -mfpmath=sse"
#endif

#if defined(__SIZEOF_INT128__) && !defined(ATTRIBUTION_PORTABLE_INT128)
#define ATTRIBUTION_HAS_INT128 1
namespace attribution::inline v0_1::detail {
__extension__ typedef __int128 compilers_int128;
__extension__ typedef unsigned __int128 compilers_uint128;
}  // namespace attribution::detail
#else
#define ATTRIBUTION_HAS_INT128 0
#endif

/// Tells the processor that this memory will be read soon. GCC drops calls of functions that do nothing
/// but prefetch, as if they had no effect; the empty statement of assembly has one.
#if defined(__GNUC__)
#define ATTRIBUTION_PREFETCH(address)                                                              \
    __builtin_prefetch(address);                                                                   \
    __asm__ volatile("")
#else
#define ATTRIBUTION_PREFETCH(address) static_cast<void>(address)
#endif

/// Can numbers be declared side by side, to be added and multiplied in one instruction?
#if defined(__GNUC__)
#define ATTRIBUTION_HAS_VECTORS 1
#else
#define ATTRIBUTION_HAS_VECTORS 0
#endif

/// Keeps what is rarely needed out of the loops that may need it, so that their values stay in
/// registers.
#if defined(__GNUC__)
#define ATTRIBUTION_OUT_OF_LINE __attribute__((noinline))
#else
#define ATTRIBUTION_OUT_OF_LINE
#endif

/// Puts a step of an inner loop into the loop, where it shares what the loop keeps in registers.
#if defined(__GNUC__)
#define ATTRIBUTION_INLINE __attribute__((always_inline))
#else
#define ATTRIBUTION_INLINE
#endif

/// Tells the compiler what always holds.
#if defined(__GNUC__)
#define ATTRIBUTION_ASSUME(condition) static_cast<void>((condition) || (__builtin_unreachable(), 0))
#else
#define ATTRIBUTION_ASSUME(condition) static_cast<void>(0)
#endif

/// Hides from the compiler how the double was computed, so that the multiplication that made it
/// cannot be fused with an addition that uses it.
#if defined(__GNUC__) && defined(__SSE2__)
#define ATTRIBUTION_FORGET_ORIGIN(number) __asm__("" : "+x"(number))
#elif defined(__GNUC__) && defined(__aarch64__)
#define ATTRIBUTION_FORGET_ORIGIN(number) __asm__("" : "+w"(number))
#elif defined(__GNUC__)
#define ATTRIBUTION_FORGET_ORIGIN(number) __asm__("" : "+m"(number))
#else  // through memory that nobody may look through
#define ATTRIBUTION_FORGET_ORIGIN(number)                                                          \
    [](double& own) {                                                                              \
        double volatile const stored = own;                                                        \
        own = stored;                                                                              \
    }(number)
#endif
