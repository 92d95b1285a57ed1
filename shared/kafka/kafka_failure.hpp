#pragma once

#include <string_view>

#include "shared/base/failure.hpp"

namespace strongroom::kafka {

/// The one place where librdkafka's codes (rd_kafka_resp_err_t, from its header) become a Failure: kPermanent for a
/// record or request that can never be accepted, kOutage where the cluster refuses us or lacks what we need, kTransient
/// for the rest. `what` says what was tried and on what; `detail` is librdkafka's own text.
Failure make_failure(int code, std::string_view what, std::string_view detail = {});

/// The broker or the client refuses this one record, whatever is tried again (too large, invalid).
bool is_record_refusal(int code);

/// Another producer with the same transactional id has taken over, or the transaction outlived its timeout.
bool is_fencing(int code);

}  // namespace strongroom::kafka
