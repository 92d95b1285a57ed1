#pragma once

#include <curl/curl.h>

#include "shared/base/c_ptr.hpp"

namespace strongroom::bench {

using EasyHandle = CPtr<CURL, curl_easy_cleanup>;
using MultiHandle = CPtr<CURLM, curl_multi_cleanup>;
using HeaderList = CPtr<curl_slist, curl_slist_free_all>;

}  // namespace strongroom::bench
