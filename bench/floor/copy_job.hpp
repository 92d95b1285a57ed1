#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/floor/curl_handles.hpp"
#include "bench/floor/gcm.hpp"
#include "bench/floor/multi_loop.hpp"
#include "bench/floor/ring.hpp"

namespace strongroom::bench {

/// One slot of the floor: GET, encrypt, PUT through a ring of 128 KiB, job after job on the same pair of handles. It
/// does the work that no archiver can leave out and nothing else: no checksum, no signature, no retry.
class CopyJob {
  public:
    explicit CopyJob(MultiLoop& loop);
    CopyJob(const CopyJob&) = delete;
    CopyJob& operator=(const CopyJob&) = delete;

    void start(const std::string& source, std::string target);
    /// A handle of this job has ended. True when the job is done. Throws std::runtime_error when it failed.
    bool ended(const CURL* easy, CURLcode result);
    [[nodiscard]] std::uint64_t body_bytes() const { return length_; }

  private:
    static std::size_t on_download(char* data, std::size_t one, std::size_t count, void* self) noexcept;
    static std::size_t on_upload(char* data, std::size_t one, std::size_t count, void* self) noexcept;
    std::size_t encrypt(std::span<const unsigned char> plain);
    std::size_t take(std::span<unsigned char> into);
    void start_upload();

    MultiLoop& loop_;
    EasyHandle download_;
    EasyHandle upload_;
    HeaderList upload_headers_;
    Ring ring_;
    Gcm gcm_;
    std::string target_;
    std::uint64_t length_ = 0;
    std::uint64_t received_ = 0;
    int ended_ = 0;
    bool download_paused_ = false;
    bool upload_paused_ = false;
};

}  // namespace strongroom::bench
