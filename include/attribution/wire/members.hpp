// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// How a record is written and read: member by member; made by `members`.
template <class Record, class... Pointers>
class record_members {
    template <class Pointer>
    using member =
        std::remove_cvref_t<decltype(std::declval<Record&>().*std::declval<Pointer const&>())>;

  public:
    constexpr explicit record_members(Pointers... all) : pointers_{all...} {}

    [[nodiscard]] static std::string name() {
        std::string names;
        ((names += (names.empty() ? "" : ", ") + detail::form_name<member<Pointers>>()), ...);
        return '{' + names + '}';
    }
    void write(detail::byte_writer& out, Record const& record) const {
        std::apply([&](auto... pointer) { (detail::write(out, record.*pointer), ...); }, pointers_);
    }
    [[nodiscard]] Record read(detail::byte_reader& in) const {
        Record record{};
        std::apply(
            [&](auto... pointer) {
                ((record.*pointer = detail::read<member<decltype(pointer)>>(in)), ...);
            },
            pointers_);
        return record;
    }

  private:
    std::tuple<Pointers...> pointers_;
};

/// Lists the members of a record, so that it can be written and read: `members(&touch::user,
/// &touch::at, &touch::channel)`, or `members<touch>(...)` if some are members of its base.
///
/// Shape:      a record that can be made empty (`Record{}`), and pointers to its members.
/// Edges:      a member that is left out is not written; after reading it has its value from
///             `Record{}`.
template <class Record, class... Pointers>
    requires(std::default_initializable<Record> && sizeof...(Pointers) > 0 &&
             (std::is_member_object_pointer_v<Pointers> && ...))
[[nodiscard]] constexpr auto members(Pointers... all) {
    return record_members<Record, Pointers...>{all...};
}
template <class Record, class... Members>
    requires(std::default_initializable<Record> && sizeof...(Members) > 0)
[[nodiscard]] constexpr auto members(Members Record::*... all) {
    return record_members<Record, Members Record::*...>{all...};
}

}  // namespace attribution
