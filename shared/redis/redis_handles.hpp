#pragma once

#include <hiredis/hiredis.h>

#include "shared/base/c_ptr.hpp"

namespace strongroom::redis {

using RespReader = CPtr<redisReader, redisReaderFree>;
using RespReply = CPtr<redisReply, freeReplyObject>;

}  // namespace strongroom::redis
