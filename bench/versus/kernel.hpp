// The table of kernels that the comparison walks. A peer is one source file, which adds its rows here;
// nothing else has to change for it but its name in CMakeLists.txt.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace versus {

/// What is computed of src, which is y = f(x) for from_output, else x.
enum class direction {
    forward,    ///< dst = f(x), a function of rows too
    backward,   ///< dst = diff_dst f'(x)
    from_output ///< dst = diff_dst f'(x), from y
};

inline const char* to_string(direction d) {
    return d == direction::forward ? "forward" : d == direction::backward ? "backward" : "from_output";
}

/// Arrays of n elements, n a multiple of 1024 and of columns.
template <class T>
struct operands {
    const T *src, *diff_dst; ///< diff_dst: not for forward
    T* dst;
    std::size_t n;
};

using call = std::function<void()>;

template <class T>
struct kernel {
    std::string peer, function;
    direction way;
    std::function<call(const operands<T>&)> bind; ///< sets up, in the thread of the call
};

template <class T>
std::vector<kernel<T>>& kernels() {
    static std::vector<kernel<T>> table;
    return table;
}

/// The kernel that computes the outputs for k, or null.
template <class T>
const kernel<T>* forward_of(const kernel<T>& k) {
    for (const kernel<T>& f : kernels<T>())
        if (f.peer == k.peer && f.function == k.function && f.way == direction::forward) return &f;
    return nullptr;
}

/// Version and instruction set of each peer, asked for when its kernels have run.
inline std::vector<std::pair<std::string, std::function<std::string()>>>& peers() {
    static std::vector<std::pair<std::string, std::function<std::string()>>> table;
    return table;
}

/// A row whose kernel is a plain loop.
template <class T>
void add(const char* peer, const char* function, direction way,
         void (*loop)(const T* src, const T* diff_dst, T* dst, std::size_t n)) {
    kernels<T>().push_back({peer, function, way, [loop](const operands<T>& o) -> call {
                                return [loop, o] { loop(o.src, o.diff_dst, o.dst, o.n); };
                            }});
}

/// How many threads a kernel that is bound may use, of the peers that have their own; set by the program.
inline int threads = 1;

/// Set by the program that looks at results. A peer that insists on memory of its own copies them to dst only
/// then, so that the copy is not timed.
inline bool results_wanted = false;

constexpr double leaky_slope = 0.01, prelu_slope = 0.25;

/// Columns of the functions of rows, which divide the elements; to be set before a kernel is bound.
inline std::size_t columns = 1024;

} // namespace versus
