// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/temporary.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Buffers that are borrowed and given back, so that nested work on one path after another reuses a
/// few allocations.
template <class T>
class buffer_pool {
  public:
    class lease {
      public:
        constexpr lease(buffer_pool& pool, std::vector<T> buffer)
            : pool_{pool}, buffer_{std::move(buffer)} {}
        lease(lease const&) = delete;
        lease& operator=(lease const&) = delete;
        constexpr ~lease() { pool_.give_back(std::move(buffer_)); }

        constexpr std::vector<T>& operator*() & { return buffer_; }
        constexpr std::vector<T>* operator->() { return &buffer_; }
        constexpr std::span<T> span() & { return {buffer_.data(), buffer_.size()}; }
        template <class Self = lease>
        constexpr void span() && {
            refuse_temporary<Self>();
        }

      private:
        buffer_pool& pool_;
        std::vector<T> buffer_;
    };

    /// A buffer of `size` default elements, which is given back when the lease ends.
    [[nodiscard]] constexpr lease borrow(std::size_t size = 0) {
        std::vector<T> buffer;
        if (!free_.empty()) {
            buffer = std::move(free_.back());
            free_.pop_back();
        }
        buffer.assign(size, T{});
        free_.reserve(free_.size() + lent_ + 2);  // giving back must not throw
        ++lent_;
        return lease{*this, std::move(buffer)};
    }

  private:
    constexpr void give_back(std::vector<T> buffer) {
        --lent_;
        free_.push_back(std::move(buffer));
    }

    std::vector<std::vector<T>> free_;
    std::size_t lent_ = 0;
};

}  // namespace attribution::detail
