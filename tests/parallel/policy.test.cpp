// Which calls take threads.
#include "parallel/threads.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace {

/// Who has called.
struct meeting {
    std::mutex mutex;
    std::condition_variable arrived;
    std::set<std::thread::id> threads;

    /// Waits until as many threads have come, for a minute at most.
    void come(std::size_t awaited) {
        std::unique_lock lock(mutex);
        threads.insert(std::this_thread::get_id());
        arrived.notify_all();
        arrived.wait_for(lock, std::chrono::minutes(1), [&] { return threads.size() >= awaited; });
    }
};

/// The identity, and a note of the thread that computes it.
struct noting {
    meeting* note;
    std::size_t awaited;

    template <actfn::lanes_of<float> V>
    V operator()(const V& x) const {
        note->come(awaited);
        return x;
    }
};

/// The threads that a call with n elements runs on; it waits for as many.
template <class Policy>
std::set<std::thread::id> threads_of(const Policy& policy, std::size_t n, std::size_t awaited) {
    meeting all;
    const std::vector<float> x(n, 1.0f);
    std::vector<float> y(n);
    support::on_threads(4, [&] { actfn::forward(policy, noting{.note = &all, .awaited = awaited}, x, y); });
    CHECK(y == x);
    return all.threads;
}

} // namespace

TEST_CASE("par and par_unseq take threads from the threshold on", "[parallel]") {
    constexpr std::size_t n = support::threshold<float>;
    CHECK(threads_of(std::execution::par, n, 2).size() >= 2);
    CHECK(threads_of(std::execution::par_unseq, n, 2).size() >= 2);
    const std::set<std::thread::id> here{std::this_thread::get_id()};
    CHECK(threads_of(std::execution::par, n - 1, 1) == here);
    CHECK(threads_of(std::execution::seq, n, 1) == here);
    CHECK(threads_of(std::execution::unseq, n, 1) == here);
}

TEST_CASE("parts are cut at lines of the cache and hold all elements once", "[parallel]") {
    alignas(64) static float memory[8 * support::part<float>];
    for (const std::size_t skipped : {0u, 1u, 5u, 15u, 16u})
        for (const std::size_t n : {std::size_t{1}, support::part<float>, 3 * support::part<float> + 7}) {
            const auto c = actfn::detail::whole_lines(std::span(memory).subspan(skipped, n));
            CAPTURE(skipped, n);
            std::size_t next = 0;
            for (std::size_t k = 0; k < c.count(); ++k) {
                CHECK(c.begin(k) == next);
                CHECK(c.end(k) > next);
                if (k > 0) CHECK((skipped + c.begin(k)) * sizeof(float) % 64 == 0);
                next = c.end(k);
            }
            CHECK(next == n);
        }
}
