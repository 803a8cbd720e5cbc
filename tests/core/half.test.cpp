// Conversion to and from halves, of one number and of registers.
#define XSIMD_WITH_EMULATED 1
#undef XSIMD_ENABLE_XTL_COMPLEX // the emulated registers of xsimd 13.2 name a class that xtl does not have
#include "support/halves.hpp"
#include "support/tally.hpp"

#include <actfn/core/half_lanes.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace support;

namespace {

using binary16 = actfn::stored_half<actfn::half_format::binary16>;
using bfloat16 = actfn::stored_half<actfn::half_format::bfloat16>;

static_assert(sizeof(actfn::float16) == 2 && sizeof(actfn::bfloat16) == 2);
static_assert(std::is_trivially_copyable_v<binary16> && std::is_trivially_default_constructible_v<binary16>);
static_assert(std::is_convertible_v<binary16, float> && !std::is_convertible_v<float, binary16>);
static_assert(binary16(1.0f).bits == 0x3c00 && bfloat16(1.0f).bits == 0x3f80);
static_assert(float(binary16(-0x1.8p-24f)) == -0x1p-23f && float(bfloat16(-0x1.8p-133f)) == -0x1p-132f);
static_assert(binary16(65519.96f).bits == 0x7bff && binary16(65520.0f).bits == 0x7c00);

/// All halves, all places where two neighbours meet, each with its own neighbours, NaNs, and a stride
/// through all floats.
template <class H>
std::vector<float> floats_around() {
    std::vector<float> v = nans<float>();
    for (const H h : all_halves<H>()) {
        const float x = static_cast<float>(h);
        if (std::isnan(x)) continue;
        const double unit = std::isinf(x) ? 0 : half_ulp<H>(static_cast<double>(x));
        const auto middle = static_cast<float>(static_cast<double>(x) + unit / 2);
        for (const float at : {x, middle})
            if (std::isfinite(at)) append_neighbours(v, at, 2);
        v.push_back(x);
    }
    for (std::uint32_t p = 0; p < 1000003; ++p) v.push_back(at_place<float>(p * 4294u));
    return v;
}

/// The bits that x has to become: by arithmetic; of a NaN the sign, the upper payload, and quiet.
template <class H>
std::uint16_t expected(float x) {
    using L = half_limits<H>;
    const std::uint32_t sign = bits(x) >> 16 & 0x8000, quiet = 1u << (L::digits - 2);
    if (std::isnan(x))
        return static_cast<std::uint16_t>(sign | (L::binary16 ? 0x7c00 : 0x7f80) | quiet |
                                          (bits(x) >> (24 - L::digits) & (quiet - 1)));
    const double y = std::fabs(nearest_half<H>(static_cast<double>(x)));
    const double smallest = std::ldexp(1.0, L::least - L::digits + 1);
    if (std::isinf(y)) return static_cast<std::uint16_t>(sign | (L::binary16 ? 0x7c00 : 0x7f80));
    if (y < std::ldexp(1.0, L::least))
        return static_cast<std::uint16_t>(sign | static_cast<unsigned>(y / smallest));
    const int e = std::ilogb(y);
    const auto significand = static_cast<unsigned>(std::ldexp(y, L::digits - 1 - e)); // with its leading 1
    const unsigned exponent = static_cast<unsigned>(e - L::least) << (L::digits - 1);
    return static_cast<std::uint16_t>(sign | (exponent + significand));
}

/// What is wrong with registers B, against single numbers.
template <class H, class B>
std::string compare_lanes(const std::vector<float>& x) {
    namespace d = actfn::detail;
    constexpr std::size_t n = B::size;
    tally wrong;
    std::array<H, 2 * n> h;
    std::array<float, 2 * n> back;
    for (std::size_t i = 0; i + 2 * n <= x.size(); i += 2 * n) {
        d::store_lanes(h.data(), B::load_unaligned(&x[i]));
        d::store_lanes(h.data() + n, B::load_unaligned(&x[i + n]));
        for (std::size_t k = 0; k < 2 * n; ++k)
            if (bits(h[k]) != bits(H(x[i + k]))) wrong.add(x[i + k], "becomes", unsigned{bits(h[k])});
        d::load_lanes<B>(h.data()).store_unaligned(back.data());
        d::load_lanes<B>(h.data() + n).store_unaligned(back.data() + n);
        for (std::size_t k = 0; k < 2 * n; ++k)
            if (bits(back[k]) != bits(static_cast<float>(h[k])))
                wrong.add(unsigned{bits(h[k])}, "is", back[k]);
        if constexpr (d::in_pairs<H>) {
            const auto two = d::load_pair<B>(h.data());
            std::array<H, 2 * n> again;
            d::store_bytes(again.data(), d::paired(two.reg[0], two.reg[1]));
            two.reg[0].store_unaligned(back.data()), two.reg[1].store_unaligned(back.data() + n);
            for (std::size_t k = 0; k < 2 * n; ++k) {
                if (bits(again[k]) != bits(h[k]))
                    wrong.add(unsigned{bits(h[k])}, "in a pair becomes", unsigned{bits(again[k])});
                if (bits(back[k % 2 * n + k / 2]) != bits(static_cast<float>(h[k])))
                    wrong.add(unsigned{bits(h[k])}, "in a pair is", back[k % 2 * n + k / 2]);
            }
        }
    }
    return wrong.report();
}

} // namespace

TEMPLATE_TEST_CASE("a float becomes the nearest half, ties to even, and a half its own float", "[half]",
                   binary16, bfloat16) {
    using H = TestType;
    tally wrong;
    for (const float x : floats_around<H>())
        if (bits(H(x)) != expected<H>(x))
            wrong.add(x, "becomes", unsigned{bits(H(x))}, "not", unsigned{expected<H>(x)});
    CHECK(wrong.report() == "");
    for (const H h : all_halves<H>()) {
        const auto x = static_cast<float>(h);
        const unsigned quiet = std::isnan(x) ? 1u << (half_limits<H>::digits - 2) : 0;
        if (bits(H(x)) != (bits(h) | quiet))
            wrong.add(unsigned{bits(h)}, "comes back as", unsigned{bits(H(x))});
    }
    CHECK(wrong.report() == "");
}

TEMPLATE_TEST_CASE("registers convert as single numbers do", "[half]", binary16, bfloat16) {
    const auto x = floats_around<TestType>();
    CHECK(compare_lanes<TestType, xsimd::batch<float>>(x) == "");
    // What processors do that have nothing of their own for it.
    CHECK(compare_lanes<TestType, xsimd::batch<float, xsimd::emulated<128>>>(x) == "");
}

#if defined(ACTFN_HAS_FLOAT16)
TEST_CASE("_Float16 is another name of binary16", "[half]") {
    static_assert(actfn::half<_Float16> && std::same_as<actfn::compute_type<_Float16>, float>);
    for (const _Float16 h : all_halves<_Float16>()) {
        const auto x = static_cast<float>(h);
        if (!std::isnan(x)) REQUIRE(bits(x) == bits(static_cast<float>(half_of<binary16>(bits(h)))));
    }
}
#endif
