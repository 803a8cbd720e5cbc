// Memory whose neighbours may not be touched: a read or write beyond either end stops the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#define ACTFN_TEST_HAS_PAGES 1
#include <sys/mman.h>
#include <unistd.h>
#else
#define ACTFN_TEST_HAS_PAGES 0
#endif

namespace support {

/// One page of T between two pages without access. Where there are no such pages, memory between two
/// canaries, which intact() reads.
template <class T>
class guarded {
public:
    guarded() {
#if ACTFN_TEST_HAS_PAGES
        bytes_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        void* const p =
            ::mmap(nullptr, 3 * bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (p == MAP_FAILED) throw std::runtime_error("mmap failed");
        memory_ = static_cast<std::byte*>(p);
        if (::mprotect(memory_, bytes_, PROT_NONE) != 0 ||
            ::mprotect(memory_ + 2 * bytes_, bytes_, PROT_NONE) != 0)
            throw std::runtime_error("mprotect failed");
#else
        bytes_ = 4096;
        memory_ = static_cast<std::byte*>(std::malloc(3 * bytes_));
        for (std::size_t i = 0; i < 3 * bytes_; ++i) memory_[i] = canary;
#endif
    }
    ~guarded() {
#if ACTFN_TEST_HAS_PAGES
        ::munmap(memory_, 3 * bytes_);
#else
        std::free(memory_);
#endif
    }
    guarded(const guarded&) = delete;
    guarded& operator=(const guarded&) = delete;

    /// n elements right behind the first guard.
    std::span<T> front(std::size_t n) const noexcept { return {reinterpret_cast<T*>(memory_ + bytes_), n}; }

    /// n elements right before the second guard.
    std::span<T> back(std::size_t n) const noexcept {
        return {reinterpret_cast<T*>(memory_ + 2 * bytes_) - n, n};
    }

    bool intact() const noexcept {
#if !ACTFN_TEST_HAS_PAGES
        for (std::size_t i = 0; i < bytes_; ++i)
            if (memory_[i] != canary || memory_[2 * bytes_ + i] != canary) return false;
#endif
        return true;
    }

private:
    static constexpr std::byte canary{0xa5};
    std::size_t bytes_ = 0;
    std::byte* memory_ = nullptr;
};

} // namespace support

#undef ACTFN_TEST_HAS_PAGES
