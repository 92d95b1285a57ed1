#include "shared/genesys/media_api.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "shared/base/encoding.hpp"
#include "shared/genesys/media_reply.hpp"

namespace strongroom::genesys {
namespace {

/// One path segment. Dots are unreserved, so `.` and `..` must be kept from meaning a folder.
std::string segment(std::string_view id) {
    if (id == ".") return "%2E";
    if (id == "..") return "%2E%2E";
    return percent_encode(id);
}

std::string metadata_patch(const std::map<std::string, std::string>& fields) {
    boost::json::object metadata;
    for (const auto& [name, value] : fields) metadata.emplace(name, value);
    return boost::json::serialize(boost::json::object{{"metadata", std::move(metadata)}});
}

/// An interaction that is not there yet, or is being changed by another: later it may be.
bool comes_later(Cause cause) {
    return cause == Cause::kNotFound || cause == Cause::kConflict;
}

}  // namespace

Task<Result<MediaLocation>> MediaApi::resolve(std::string media_id) {
    ApiCall call{.path = "/api/v2/media/" + segment(media_id), .what = "GET /api/v2/media/{id}"};
    const auto response = co_await api_->send(std::move(call));
    if (!response) co_return response.error().at(Dependency::kApi, Stage::kResolve);
    if (response->head.status == 202) {
        co_return Failure{.kind = FailureKind::kNotReady,
                          .dependency = Dependency::kApi,
                          .stage = Stage::kResolve,
                          .message = "the platform is still preparing the media (202)"};
    }
    Result<MediaLocation> location = read_media(response->body);
    if (!location) co_return std::move(location).error().at(Dependency::kApi, Stage::kResolve);
    co_return location;
}

Task<Result<>> MediaApi::write_back(std::string interaction_id, std::map<std::string, std::string> fields) {
    ApiCall call{.method = "PATCH",
                 .path = "/api/v2/interactions/" + segment(interaction_id),
                 .what = "PATCH /api/v2/interactions/{id}",
                 .body = metadata_patch(fields)};
    const auto response = co_await api_->send(std::move(call));
    if (response) co_return Result<>{};
    Failure failure = response.error().at(Dependency::kApi, Stage::kWriteBack);
    if (comes_later(failure.cause)) failure.kind = FailureKind::kNotReady;
    co_return failure;
}

}  // namespace strongroom::genesys
