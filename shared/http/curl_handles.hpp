#pragma once

#include <curl/curl.h>

#include "shared/base/c_ptr.hpp"

namespace strongroom::http {

using EasyHandle = CPtr<CURL, curl_easy_cleanup>;
using MultiHandle = CPtr<CURLM, curl_multi_cleanup>;
using UrlHandle = CPtr<CURLU, curl_url_cleanup>;
using FieldList = CPtr<curl_slist, curl_slist_free_all>;

}  // namespace strongroom::http
