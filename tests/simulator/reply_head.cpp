#include "tests/simulator/reply_head.hpp"

namespace strongroom::simulator {
namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 302:
            return "Found";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 416:
            return "Range Not Satisfiable";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Status";
    }
}

}  // namespace

std::string format_head(const Reply& reply, std::uint64_t declared_length, bool keep_alive) {
    std::string head;
    head.reserve(256 + reply.headers.size());
    head.append("HTTP/1.1 ")
        .append(std::to_string(reply.status))
        .append(" ")
        .append(reason(reply.status))
        .append("\r\n");
    head.append("Content-Type: ").append(reply.content_type).append("\r\n");
    if (reply.chunked) {
        head.append("Transfer-Encoding: chunked\r\n");
    } else if (reply.status != 204 && reply.status != 304) {
        head.append("Content-Length: ").append(std::to_string(declared_length)).append("\r\n");
    }
    if (!keep_alive) head.append("Connection: close\r\n");
    head.append(reply.headers).append("\r\n");
    return head;
}

}  // namespace strongroom::simulator
