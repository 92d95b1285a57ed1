#pragma once

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "shared/base/c_ptr.hpp"

namespace strongroom::crypto {

using CipherContext = CPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using DigestContext = CPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using MacContext = CPtr<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using FetchedCipher = CPtr<EVP_CIPHER, EVP_CIPHER_free>;
using FetchedDigest = CPtr<EVP_MD, EVP_MD_free>;
using FetchedMac = CPtr<EVP_MAC, EVP_MAC_free>;

/// OpenSSL answers 1 for success; anything else here is a broken invariant (no memory, no provider, wrong order of
/// calls).
inline void require(bool ok, const char* call) {
    if (!ok) throw std::runtime_error{std::string{"OpenSSL: "} + call + " failed"};
}

}  // namespace strongroom::crypto
