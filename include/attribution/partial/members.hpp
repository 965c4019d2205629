// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/partial/bytes.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>

namespace attribution {

/// How a record is written and read: its members, one after the other; made by `members`.
template <class Record, class... Members>
class record_members {
  public:
    constexpr explicit record_members(Members Record::*... all) : members_{all...} {}

    [[nodiscard]] static std::string name() {
        std::string names;
        ((names += (names.empty() ? "" : ", ") + detail::form_name<Members>()), ...);
        return '{' + names + '}';
    }
    void write(detail::byte_writer& out, Record const& record) const {
        std::apply([&](auto... member) { (detail::write(out, record.*member), ...); }, members_);
    }
    [[nodiscard]] Record read(detail::byte_reader& in) const {
        Record record{};
        std::apply(
            [&](auto... member) {
                ((record.*member = detail::read<std::remove_cvref_t<decltype(record.*member)>>(in)),
                 ...);
            },
            members_);
        return record;
    }

  private:
    std::tuple<Members Record::*...> members_;
};

/// Says what a record consists of, so that it can be written and read: `members(&touch::user,
/// &touch::at, &touch::channel)`.
///
/// Shape:      a record that can be made empty (`Record{}`), and pointers to its members.
/// Edges:      a member that is left out is not written, and comes back as `Record{}` has it.
template <class Record, class... Members>
    requires(std::default_initializable<Record> && sizeof...(Members) > 0)
[[nodiscard]] constexpr auto members(Members Record::*... all) {
    return record_members<Record, Members...>{all...};
}

}  // namespace attribution
