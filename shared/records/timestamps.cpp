#include "shared/records/timestamps.hpp"

#include <chrono>
#include <cstdint>

#include <google/protobuf/timestamp.pb.h>

namespace strongroom::records {

WallTime to_wall_time(const google::protobuf::Timestamp& at) {
    // A timestamp outside of years 1 to 9999 is invalid by the format; it must not overflow here.
    constexpr std::int64_t kFirst = -62'135'596'800;
    constexpr std::int64_t kLast = 253'402'300'799;
    const std::int64_t seconds = at.seconds() < kFirst ? kFirst : at.seconds() > kLast ? kLast : at.seconds();
    return WallTime{std::chrono::milliseconds{seconds * 1000 + at.nanos() / 1'000'000}};
}

void to_timestamp(WallTime at, google::protobuf::Timestamp& into) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    into.set_seconds(seconds.time_since_epoch().count());
    into.set_nanos(static_cast<std::int32_t>((at - seconds).count() * 1'000'000));
}

}  // namespace strongroom::records
