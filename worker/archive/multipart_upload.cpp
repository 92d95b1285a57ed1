#include "worker/archive/multipart_upload.hpp"

#include <utility>

namespace strongroom::archive {

MultipartUpload::MultipartUpload(object_store::ObjectStore& store, object_store::NewObject object,
                                 std::string upload_id)
    : store_{&store}, object_{std::move(object)}, upload_id_{std::move(upload_id)} {}

Task<Result<MultipartUpload>> MultipartUpload::begin(object_store::ObjectStore& store, object_store::NewObject object) {
    auto upload_id = co_await store.create_multipart(object);
    if (!upload_id) co_return std::move(upload_id).error();
    co_return MultipartUpload{store, std::move(object), std::move(*upload_id)};
}

Task<Result<>> MultipartUpload::send(std::uint64_t length, http::ByteSource& source) {
    const int number = static_cast<int>(parts_.size()) + 1;
    auto part = co_await store_->upload_part(object_.bucket, object_.key, upload_id_, number, length, source);
    if (!part) co_return std::move(part).error();
    parts_.push_back(std::move(*part));
    co_return Result<>{};
}

Task<Result<object_store::PutResult>> MultipartUpload::complete() {
    return store_->complete_multipart(object_.bucket, object_.key, upload_id_, parts_, object_.only_if_absent);
}

Task<> MultipartUpload::abort() {
    (void)co_await store_->abort_multipart(object_.bucket, object_.key, upload_id_);
}

}  // namespace strongroom::archive
