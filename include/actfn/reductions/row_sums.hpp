// The sums of some rows side by side: what softmax and logsumexp begin with.
#pragma once

#include <actfn/reductions/per_row.hpp>
#include <actfn/reductions/row_sum.hpp>

namespace actfn::inline ACTFN_ABI::detail {

/// How many rows are walked in step, so that as many registers are in flight as in loops over elements.
template <class T>
inline constexpr std::size_t rows_in_step = std::max<std::size_t>(4 / row_registers<T>, 1);

/// The largest elements of some rows, and the sums over them.
template <class T>
struct row_sums {
    using C = compute_type<T>;
    using B = xsimd::batch<C>;
    using D = xsimd::batch<double>;

    std::size_t rows;
    per_row<C> largest, base, least, to_integer, exponent;
    per_row<double> high, low; ///< sums of exp(x - base) 2^-exponent / unscale

    explicit row_sums(std::size_t count) noexcept : rows(count) {}

    /// The largest element counts as floor at least; base is 0 above lower. dst gets the exponentials, if
    /// they are kept.
    template <exponentials E>
    void sum(const T* src, T* dst, std::size_t n, C floor, C lower) noexcept {
        B most[per_row<C>::size];
        for (std::size_t r = 0; r < rows; ++r) most[r] = row_max(src + r * n, n);
        fill_up<B>(most, rows);
        for (std::size_t r = 0; r < rows; r += B::size) {
            const auto larger = [](const B& a, const B& b)
                                    __attribute__((always_inline)) { return at_least(a, b); };
            const B m = at_least(across<B>(most + r, larger), B(floor));
            const auto by = row_shift<B>::of(m, lower);
            largest.put(r, m), base.put(r, by.base), least.put(r, by.least);
            to_integer.put(r, by.to_integer), exponent.put(r, by.exponent);
        }
        slot_sums<C> slots;
        const auto add = [&]<std::size_t R>(std::integral_constant<std::size_t, R>, std::size_t r)
                             __attribute__((always_inline)) {
                                 T* const kept = E == exponentials::kept ? dst + r * n : nullptr;
                                 sum_of_rows<E, R>(src + r * n, kept, n, shifts<R>(r)).store(slots, r);
                             };
        constexpr std::integral_constant<std::size_t, rows_in_step<C>> some;
        constexpr std::integral_constant<std::size_t, 1> one;
        std::size_t r = 0;
        for (; rows - r >= some; r += some) add(some, r);
        if constexpr (some > one)
            for (; r < rows; ++r) add(one, r);
        decltype(slots.total(0)) total[per_row<double>::size];
        for (r = 0; r < rows; ++r) total[r] = slots.total(r);
        fill_up<D>(total, rows);
        for (r = 0; r < rows; r += D::size) put(r, across<D>(total + r, added{}));
    }

    /// The shift of row r, or of as many as V has lanes.
    template <class V>
    [[gnu::always_inline]] row_shift<V> shift(std::size_t r) const noexcept {
        return {base.template lanes<V>(r), least.template lanes<V>(r), to_integer.template lanes<V>(r),
                exponent.template lanes<V>(r)};
    }

    /// The sums of row r and the next ones.
    [[gnu::always_inline]] math::twofold<D> at(std::size_t r) const noexcept {
        return {high.template lanes<D>(r), low.template lanes<D>(r)};
    }

    /// Counts exp(0), where it does not vanish beside the others.
    void add_exp_of_0() noexcept {
        for (std::size_t r = 0; r < rows; ++r) {
            if (base[r] != 0 || exponent[r] >= 512) continue;
            const double one = 1 / double(math::unscale<C>) * power_of_two(-static_cast<int>(exponent[r]));
            const auto [h, l] = sum_of_parts<double>({high[r], low[r]}, {one, 0});
            const auto more = two_sum(h, l);
            high.at[r] = more.high, low.at[r] = more.low;
        }
    }

    /// What the sums are beside the exponential of the largest element. Where that is next to nothing, the
    /// largest counts as all of the row, which its own rounding would hide.
    per_row<double> beside_largest() const noexcept {
        per_row<C> e_high, e_low, e_scale;
        for (std::size_t r = 0; r < rows; r += B::size) {
            const row_exp<B> e(largest.template lanes<B>(r), shift<B>(r));
            e_high.put(r, e.high), e_low.put(r, e.low), e_scale.put(r, e.scale);
        }
        per_row<double> beside;
        for (std::size_t r = 0; r < rows; r += D::size) {
            const auto term = two_sum(D(1), e_high.template lanes<D>(r));
            const D scale = e_scale.template lanes<D>(r);
            const D rest = nmadd(scale, term.low + e_low.template lanes<D>(r), at(r).low);
            beside.put(r, nmadd(scale, term.high, at(r).high) + rest);
        }
        return beside;
    }

private:
    /// Those of row r and the next ones, in the registers of a step.
    template <std::size_t R>
    [[gnu::always_inline]] auto shifts(std::size_t r) const noexcept {
        constexpr std::size_t N = row_registers<C>;
        using V = pack<B, R * N>;
        return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
            return row_shift<V>{V(B(base[r + I / N])...), V(B(least[r + I / N])...),
                                V(B(to_integer[r + I / N])...), V(B(exponent[r + I / N])...)};
        }(std::make_index_sequence<R * N>{});
    }

    struct added {
        [[gnu::always_inline]] D operator()(const D& a, const D& b) const noexcept { return a + b; }
        [[gnu::always_inline]] math::twofold<D> operator()(const math::twofold<D>& a,
                                                           const math::twofold<D>& b) const noexcept {
            return sum_of_parts(a, b);
        }
    };

    [[gnu::always_inline]] void put(std::size_t r, const D& s) noexcept { high.put(r, s); }
    [[gnu::always_inline]] void put(std::size_t r, const math::twofold<D>& s) noexcept {
        const auto [h, l] = two_sum(s.high, s.low);
        high.put(r, h), low.put(r, l);
    }
};

} // namespace actfn::inline ACTFN_ABI::detail
