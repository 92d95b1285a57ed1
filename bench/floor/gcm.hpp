#pragma once

#include <openssl/evp.h>

#include "bench/floor/ring.hpp"
#include "shared/base/c_ptr.hpp"

namespace strongroom::bench {

/// AES-256-GCM with a fresh key and IV per job, from OpenSSL straight into a ring.
class Gcm {
  public:
    static constexpr std::size_t kTag = 16;
    Gcm();
    /// Draws a key and an IV for the next job.
    void start();
    /// The ring has room for all of it.
    void encrypt(std::span<const unsigned char> plain, Ring& into);
    void finish(Ring& into);

  private:
    CPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context_;
};

}  // namespace strongroom::bench
