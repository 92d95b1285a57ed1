#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/sink/request_head.hpp"

namespace strongroom::bench {

/// What went through, for the benchmark's own check that nothing was skipped.
struct Statistics {
    std::uint64_t requests = 0;
    std::uint64_t objects = 0;  ///< single PUTs and completed uploads
    std::uint64_t parts = 0;
    std::uint64_t aborted_uploads = 0;
    std::uint64_t stored_bytes = 0;  ///< bodies of PUTs as sent, framing of aws-chunked included
    std::uint64_t downloads = 0;
    std::uint64_t download_bytes = 0;
};

/// A reply: head and text, then `media_bytes` of pattern.
struct Reply {
    std::string text;
    std::uint64_t media_bytes = 0;
};

/// Answers like an S3 that keeps nothing: every PUT succeeds, every HEAD and GET of a key finds nothing. Also the
/// source:
/// `/download/…-s<bytes>` and `/source/<bytes>` give that many bytes.
class Replies {
  public:
    /// `tail` is the end of the request's body, at most kTail bytes: the trailer of an aws-chunked body is in it.
    static constexpr std::size_t kTail = 128;
    Reply answer(const RequestHead& head, std::string_view tail);

  private:
    Reply answer_get(const RequestHead& head);
    Reply answer_put(const RequestHead& head, std::string_view tail);
    Reply answer_post(const RequestHead& head);
    Reply answer_delete(const RequestHead& head);

    Statistics statistics_;
    std::uint64_t last_id_ = 0;
};

}  // namespace strongroom::bench
