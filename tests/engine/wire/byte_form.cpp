// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/byte_form.hpp>

#include "engine/wire/forms.hpp"

#include <doctest/doctest.h>

#include <string>

namespace att = attribution;

TEST_CASE("one form writes, reads and names a value") {
    att::detail::byte_writer out;
    att::detail::write(out, 300);
    att::detail::write(out, std::string{"a"});
    att::detail::byte_reader in{out.bytes()};
    CHECK(att::detail::read<int>(in) == 300);
    CHECK(att::detail::read<std::string>(in) == "a");
    CHECK_NOTHROW(in.finish());
    CHECK(att::detail::form_name<int>() == "int32");
    CHECK(att::detail::form_name<std::string>() == "text");
}
