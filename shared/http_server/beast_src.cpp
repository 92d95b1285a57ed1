// The one unit that compiles Beast's bodies (BOOST_BEAST_SEPARATE_COMPILATION is set for the whole project).
#include <boost/beast/src.hpp>
