// expect: constant expression
// expect: invalid_argument
// With a negative slope y > 0 on both sides: a constant expression that relies on it is no constant
// expression.
#include <actfn/actfn.hpp>

#if defined(ACTFN_COMPILE_FAIL_CONTROL)
constexpr float slope = 0.5f;
#else
constexpr float slope = -0.5f;
#endif

constexpr float derivative = actfn::leaky_relu<float>{.slope = slope}.derivative_from_output(1.0f);
