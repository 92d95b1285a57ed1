#include "shared/redis/resp_codec.hpp"

#include <stdexcept>
#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/redis/redis_failure.hpp"
#include "shared/redis/redis_handles.hpp"

namespace strongroom::redis {
namespace {

std::string text_of(const redisReply& reply) {
    return {reply.str, static_cast<std::size_t>(reply.len)};
}

Incoming convert(const redisReply& reply);

Incoming convert_array(const redisReply& reply) {
    Reply::Array elements;
    elements.reserve(reply.elements);
    for (const redisReply* element : std::span{reply.element, reply.elements}) {
        Incoming converted = convert(*element);
        if (std::holds_alternative<ErrorReply>(converted)) return converted;
        elements.push_back(std::get<Reply>(std::move(converted)));
    }
    return Reply{std::move(elements)};
}

Incoming convert(const redisReply& reply) {
    switch (reply.type) {
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            return Reply{text_of(reply)};
        case REDIS_REPLY_INTEGER:
            return Reply{std::int64_t{reply.integer}};
        case REDIS_REPLY_ARRAY:
            return convert_array(reply);
        case REDIS_REPLY_ERROR:
            return ErrorReply{text_of(reply)};
        default:
            return Reply{};
    }
}

Failure protocol_failure(const std::string& what) {
    return redis_failure(Cause::kCorrupt,
                         "redis answered what is not RESP2 (" + what + "); is redis.url a Redis server?");
}

}  // namespace

std::string encode_command(const std::vector<std::string>& arguments) {
    std::vector<const char*> starts;
    std::vector<std::size_t> lengths;
    for (const std::string& argument : arguments) {
        starts.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    char* formatted = nullptr;
    const auto length =
        redisFormatCommandArgv(&formatted, static_cast<int>(starts.size()), starts.data(), lengths.data());
    if (length < 0) throw std::runtime_error("out of memory while formatting a redis command");
    const CPtr<char, redisFreeCommand> owner{formatted};
    return {formatted, static_cast<std::size_t>(length)};
}

struct ReplyReader::Impl {
    RespReader reader{redisReaderCreate()};
    std::size_t max_reply_bytes = 0;
    std::size_t unparsed = 0;  // bytes fed since the last complete reply
};

ReplyReader::ReplyReader(std::size_t max_reply_bytes) : impl_{std::make_unique<Impl>()} {
    if (!impl_->reader) throw std::runtime_error("out of memory while creating a redis reader");
    impl_->max_reply_bytes = max_reply_bytes;
}

ReplyReader::~ReplyReader() = default;

Result<> ReplyReader::feed(std::span<const std::byte> bytes) {
    impl_->unparsed += bytes.size();
    if (impl_->unparsed > impl_->max_reply_bytes) {
        return redis_failure(Cause::kTooLarge,
                             "a redis reply exceeds " + std::to_string(impl_->max_reply_bytes) + " bytes");
    }
    const auto text = as_text(bytes);
    if (redisReaderFeed(impl_->reader.get(), text.data(), text.size()) != REDIS_OK) {
        return protocol_failure(impl_->reader->errstr);
    }
    return {};
}

Result<std::optional<Incoming>> ReplyReader::next() {
    void* parsed = nullptr;
    if (redisReaderGetReply(impl_->reader.get(), &parsed) != REDIS_OK) return protocol_failure(impl_->reader->errstr);
    if (parsed == nullptr) return std::optional<Incoming>{};
    const RespReply reply{static_cast<redisReply*>(parsed)};
    // What the reader still holds belongs to the next reply.
    impl_->unparsed = impl_->reader->len - impl_->reader->pos;
    return std::optional<Incoming>{convert(*reply)};
}

}  // namespace strongroom::redis
