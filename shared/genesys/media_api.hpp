#pragma once

#include "shared/genesys/api_client.hpp"
#include "shared/genesys/media_platform.hpp"

namespace strongroom::genesys {

/// The profile `media-api`: `GET /api/v2/media/{id}` and `PATCH /api/v2/interactions/{id}`. Ids go into paths
/// percent-encoded, whatever they are.
class MediaApi final : public MediaPlatform {
  public:
    /// `api` outlives it and lives on the same loop.
    explicit MediaApi(ApiClient& api) : api_{&api} {}

    Task<Result<MediaLocation>> resolve(std::string media_id) override;
    Task<Result<>> write_back(std::string interaction_id, std::map<std::string, std::string> fields) override;

  private:
    ApiClient* api_;
};

}  // namespace strongroom::genesys
