// Calls on a number of threads that the test chooses.
#pragma once

#include "support/halves.hpp"
#include "support/tally.hpp"

#include <actfn/parallel.hpp>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <string>
#include <vector>

namespace support {

/// call(), where up to n threads take part in what runs in parallel, also on a machine with fewer processors.
template <class Call>
void on_threads(int n, Call call) {
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(n));
    tbb::task_arena(n).execute(call);
}

/// The least number of elements that takes threads.
template <class T>
inline constexpr std::size_t threshold = ACTFN_PARALLEL_BYTES / sizeof(T);

/// Elements of a part.
template <class T>
inline constexpr std::size_t part = actfn::detail::part_bytes / sizeof(T);

/// Below, at and above the threshold, with and without a part that is not whole.
template <class T>
inline constexpr std::size_t sizes[] = {
    0, 1, threshold<T> - 1, threshold<T>, threshold<T> + 1, 3 * threshold<T> + part<T> / 2 + 7};

/// Numbers that differ from part to part, to about 8 in magnitude.
template <class T>
std::vector<T> numbers(std::size_t n, std::size_t which) {
    using C = actfn::compute_type<T>;
    std::vector<T> v(n);
    for (std::size_t i = 0; i < n; ++i)
        v[i] = T(C(0.0008) * static_cast<C>(static_cast<int>((i + 31 * which) * 7919 % 20011) - 10000));
    return v;
}

/// Counts the elements that differ, under the name of the loop.
template <class T>
void compare(const char* loop, int threads, const std::vector<T>& got, const std::vector<T>& expected,
             tally& wrong) {
    using C = actfn::compute_type<T>;
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (!same(got[i], expected[i]))
            wrong.add(loop, "on", threads, "threads, element", i, "of", expected.size(), "is", C(got[i]),
                      "not", C(expected[i]));
}

/// run(v...) on copies of v, then run(v..., policy) under a policy without and one with threads, which has to
/// leave the same bits in all of them.
template <class Run, class... V>
void compare_policies(const char* loop, tally& wrong, Run run, const V&... v) {
    const auto with = [&](const auto&... policy) {
        return [&](V... copies) {
            run(copies..., policy...);
            return std::tuple(std::move(copies)...);
        }(v...);
    };
    const auto expected = with();
    const auto check = [&](int threads, const auto& got) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (compare(loop, threads, std::get<I>(got), std::get<I>(expected), wrong), ...);
        }(std::index_sequence_for<V...>{});
    };
    check(0, with(std::execution::seq));
    for (const int threads : {1, 2, 3, 8})
        on_threads(threads, [&] { check(threads, with(std::execution::par)); });
}

} // namespace support
