#include "shared/http/curl_options.hpp"

#include <new>
#include <stdexcept>
#include <string>

namespace strongroom::http {
namespace {

template <class T>
void set(CURL* easy, CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy, option, value);
    if (code != CURLE_OK) throw std::runtime_error(std::string{"curl_easy_setopt: "} + curl_easy_strerror(code));
}

void append(FieldList& list, const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    static_cast<void>(list.release());
    list.reset(longer);
}

/// curl removes a field of its own where the list has "Name:", and sends an empty one for "Name;".
FieldList field_lines(const Request& request, BodyMode mode, std::uint64_t upload_length) {
    FieldList list;
    for (const auto& [name, value] : request.headers) append(list, value.empty() ? name + ";" : name + ": " + value);
    if (!request.headers.find("content-type")) append(list, "Content-Type:");
    const bool asks_first = mode == BodyMode::kUpload && upload_length > 0;
    append(list, asks_first ? "Expect: 100-continue" : "Expect:");
    return list;
}

void set_connection(CURL* easy, const CurlLoopConfig& config) {
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(config.connect_timeout.count()));
    set(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, static_cast<long>(config.expect_continue_timeout.count()));
    set(easy, CURLOPT_MAXAGE_CONN, static_cast<long>(config.idle_connection_age.count()));
    set(easy, CURLOPT_BUFFERSIZE, static_cast<long>(config.receive_buffer));
    set(easy, CURLOPT_UPLOAD_BUFFERSIZE, static_cast<long>(config.send_buffer));
    // HTTP/2 with pausing costs memory and CPU in curl 7.88.
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    // A proxy from the environment would bypass the address filter.
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_USERAGENT, config.user_agent.c_str());
}

void set_tls(CURL* easy, const CurlLoopConfig& config) {
    set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!config.ca_file.empty()) set(easy, CURLOPT_CAINFO, config.ca_file.c_str());
}

void set_redirects(CURL* easy, const Request& request, BodyMode mode) {
    if (request.max_redirects <= 0 || mode == BodyMode::kUpload) return;
    set(easy, CURLOPT_FOLLOWLOCATION, 1L);
    set(easy, CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
}

void set_method(CURL* easy, const Request& request) {
    if (request.method == "HEAD") {
        set(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    const bool is_get = request.method == "GET";
    if (!request.body.empty() || (!is_get && request.method != "DELETE")) {
        set(easy, CURLOPT_POST, 1L);
        set(easy, CURLOPT_POSTFIELDS, request.body.data());
        set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        if (request.method != "POST") set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    } else if (!is_get) {
        set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

void set_upload(CURL* easy, const Request& request, std::uint64_t length) {
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(length));
    if (request.method != "PUT") set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

}  // namespace

FieldList set_options(CURL* easy, const Request& request, const CurlLoopConfig& config, BodyMode mode,
                      std::uint64_t upload_length) {
    set_connection(easy, config);
    set_tls(easy, config);
    // Where curl refuses the text already here, the transfer will end with CURLE_URL_MALFORMAT.
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    // The path is sent as it was signed.
    set(easy, CURLOPT_PATH_AS_IS, 1L);
    set_redirects(easy, request, mode);
    if (mode == BodyMode::kUpload) {
        set_upload(easy, request, upload_length);
    } else {
        set_method(easy, request);
    }
    if (mode == BodyMode::kBuffered) set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    FieldList fields = field_lines(request, mode, upload_length);
    set(easy, CURLOPT_HTTPHEADER, fields.get());
    return fields;
}

std::optional<std::string> host_of(const char* url) {
    const UrlHandle parsed{curl_url()};
    char* host = nullptr;
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
        return std::nullopt;
    }
    const CPtr<char, curl_free> owned{host};
    return std::string{host};
}

}  // namespace strongroom::http
