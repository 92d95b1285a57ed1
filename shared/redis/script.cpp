#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/crypto/digest.hpp"
#include "shared/redis/client.hpp"

namespace strongroom::redis {

Script::Script(std::string text) : source{std::move(text)}, sha1{hex_encode(crypto::sha1(as_bytes(source)))} {}

}  // namespace strongroom::redis
