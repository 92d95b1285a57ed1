#include "bench/floor/copy_job.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace strongroom::bench {
namespace {

constexpr std::size_t kRing = 128U * 1024U;
constexpr long kBuffer = 64L * 1024L;

template <class Value>
void set(const EasyHandle& easy, CURLoption option, Value value) {
    if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK)
        throw std::runtime_error{"floor: a curl option failed"};
}

void set_common(const EasyHandle& easy, CopyJob* job) {
    set(easy, CURLOPT_PRIVATE, job);
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_BUFFERSIZE, kBuffer);
}

}  // namespace

CopyJob::CopyJob(MultiLoop& loop)
    : loop_{loop},
      download_{curl_easy_init()},
      upload_{curl_easy_init()},
      upload_headers_{curl_slist_append(nullptr, "Expect: 100-continue")},
      ring_{kRing} {
    set_common(download_, this);
    set(download_, CURLOPT_WRITEFUNCTION, on_download);
    set(download_, CURLOPT_WRITEDATA, this);
    set_common(upload_, this);
    set(upload_, CURLOPT_UPLOAD, 1L);
    set(upload_, CURLOPT_UPLOAD_BUFFERSIZE, kBuffer);
    set(upload_, CURLOPT_HTTPHEADER, upload_headers_.get());
    set(upload_, CURLOPT_READFUNCTION, on_upload);
    set(upload_, CURLOPT_READDATA, this);
}

void CopyJob::start(const std::string& source, std::string target) {
    target_ = std::move(target);
    ring_.clear();
    received_ = length_ = 0;
    ended_ = 0;
    download_paused_ = upload_paused_ = false;
    gcm_.start();
    set(download_, CURLOPT_URL, source.c_str());
    loop_.add(download_.get());
}

bool CopyJob::ended(const CURL* easy, CURLcode result) {
    const bool upload = easy == upload_.get();
    long status = 0;
    curl_easy_getinfo(upload ? upload_.get() : download_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (result != CURLE_OK || status != 200) {
        throw std::runtime_error{std::string{"floor: "} + (upload ? "PUT: " : "GET: ") + curl_easy_strerror(result) +
                                 ", status " + std::to_string(status)};
    }
    return ++ended_ == 2;
}

std::size_t CopyJob::on_download(char* data, std::size_t one, std::size_t count, void* self) noexcept {
    return static_cast<CopyJob*>(self)->encrypt({reinterpret_cast<const unsigned char*>(data), one * count});
}

std::size_t CopyJob::on_upload(char* data, std::size_t one, std::size_t count, void* self) noexcept {
    return static_cast<CopyJob*>(self)->take({reinterpret_cast<unsigned char*>(data), one * count});
}

std::size_t CopyJob::encrypt(std::span<const unsigned char> plain) {
    if (received_ == 0) start_upload();
    if (ring_.free() < plain.size() + Gcm::kTag) {
        download_paused_ = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    gcm_.encrypt(plain, ring_);
    received_ += plain.size();
    if (received_ == length_) gcm_.finish(ring_);
    if (std::exchange(upload_paused_, false)) loop_.unpause(upload_.get());
    return plain.size();
}

std::size_t CopyJob::take(std::span<unsigned char> into) {
    const auto data = ring_.data();
    if (data.empty()) {
        upload_paused_ = true;
        return CURL_READFUNC_PAUSE;
    }
    const auto count = std::min(data.size(), into.size());
    std::copy_n(data.begin(), count, into.begin());
    ring_.took(count);
    if (download_paused_ && ring_.free() >= kRing / 2) {
        download_paused_ = false;
        loop_.unpause(download_.get());
    }
    return count;
}

/// The length is known from the response's head, which has come before the first byte.
void CopyJob::start_upload() {
    if (length_ != 0) return;
    curl_off_t length = 0;
    curl_easy_getinfo(download_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    length_ = static_cast<std::uint64_t>(length);
    set(upload_, CURLOPT_URL, target_.c_str());
    set(upload_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(length_ + Gcm::kTag));
    loop_.add(upload_.get());
}

}  // namespace strongroom::bench
