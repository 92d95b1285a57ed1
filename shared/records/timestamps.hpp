#pragma once

#include "shared/base/time_source.hpp"

namespace google::protobuf {
class Timestamp;
}

namespace strongroom::records {

/// For the codecs of this folder alone. Precision: milliseconds, rounded down.
WallTime to_wall_time(const google::protobuf::Timestamp& at);
void to_timestamp(WallTime at, google::protobuf::Timestamp& into);

}  // namespace strongroom::records
