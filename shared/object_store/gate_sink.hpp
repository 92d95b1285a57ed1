#pragma once

#include "shared/http/byte_stream.hpp"

namespace strongroom::object_store {

/// Holds a download back until its header has been judged.
class GateSink final : public http::ByteSink {
  public:
    /// `behind` outlives this.
    explicit GateSink(http::ByteSink& behind) : behind_{behind} {
        behind_.on_wake_producer([this] { wake_producer(); });
    }
    ~GateSink() override { behind_.on_wake_producer({}); }
    GateSink(const GateSink&) = delete;
    GateSink& operator=(const GateSink&) = delete;

    Accept accept(std::span<const std::byte> bytes) override { return open_ ? behind_.accept(bytes) : Accept::kPause; }
    void open() {
        open_ = true;
        wake_producer();
    }

  private:
    http::ByteSink& behind_;
    bool open_ = false;
};

}  // namespace strongroom::object_store
