#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/records/receipt.hpp"

namespace strongroom::records {

/// The value of a record on the receipts topic or of the archive index (proto/strongroom/archive/v1). Text that is no
/// UTF-8 must not be in it. Any thread.
std::string encode_receipt(const Receipt& receipt);

/// Poison at stage decode, Cause::kCorrupt, when the bytes are no receipt.
Result<Receipt> decode_receipt(std::string_view bytes);

/// The receipt's record key: `<tenant>/<work item>`, or `@topic/partition/offset` where either is unknown.
std::string receipt_key(const Receipt& receipt);

}  // namespace strongroom::records
