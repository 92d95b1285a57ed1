#pragma once

#include <cstdint>
#include <string>

#include "shared/base/random_source.hpp"
#include "shared/base/result.hpp"
#include "shared/genesys/media_platform.hpp"
#include "shared/http/client.hpp"
#include "shared/keys/key_provider.hpp"
#include "shared/object_store/object_store.hpp"
#include "shared/runtime/semaphore.hpp"
#include "worker/archive/encrypting_stream.hpp"
#include "worker/archive/transfer_plan.hpp"

namespace strongroom::archive {

/// What a transfer leaves behind in the store.
struct Transferred {
    object_store::PutResult put;
    std::uint64_t plain_bytes = 0;
    std::uint64_t stored_bytes = 0;
    std::string content_type;
    std::string key_id;
    crypto::Metadata envelope;  ///< the format's own metadata, as stored
};

/// One attempt at GET → AES-256-GCM → PUT as one bounded stream; nothing becomes visible unless every byte is right.
/// Each attempt has a data key of its own. Failures: source or store, stage kTransfer; kUrlExpired asks for a new URL;
/// kPreconditionFailed: the key exists. Everything given outlives it; the shard's thread only.
class Transfer {
  public:
    struct Parts {
        const keys::KeyProvider& keys;
        RandomSource& random;
        RingPool& rings;
        /// How many bodies of unknown length may be collected at once, one part in memory each.
        Semaphore& buffered;
    };

    explicit Transfer(Parts parts) : parts_{parts} {}

    /// `object.metadata` is completed by the format's own fields; `limits` says how the body is cut.
    Task<Result<Transferred>> run(http::Client& source, object_store::ObjectStore& store, const TransferLimits& limits,
                                  crypto::Format format, const genesys::MediaLocation& location,
                                  object_store::NewObject object);

  private:
    struct Body;
    Task<Result<>> feed(Body& body, http::Exchange& download);
    Task<Result<object_store::PutResult>> store_body(Body& body, object_store::ObjectStore& store);
    Task<Result<object_store::PutResult>> multipart(Body& body, object_store::ObjectStore& store);
    Task<Result<object_store::PutResult>> buffered_parts(Body& body, object_store::ObjectStore& store);

    Parts parts_;
};

}  // namespace strongroom::archive
