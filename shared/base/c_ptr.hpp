#pragma once

#include <memory>

namespace strongroom {

template <auto Free>
struct CDeleter {
    template <class T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};

/// Sole owner of a C library's handle: `using EasyHandle = CPtr<CURL, curl_easy_cleanup>;`. As large as a pointer.
template <class T, auto Free>
using CPtr = std::unique_ptr<T, CDeleter<Free>>;

}  // namespace strongroom
