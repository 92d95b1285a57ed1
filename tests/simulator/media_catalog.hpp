#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/simulator/text_map.hpp"

namespace strongroom::simulator {

/// What the platform knows about a media item.
struct Media {
    std::uint64_t size = 4096;
    std::string content_type = "audio/wav";
    std::string status = "complete";  ///< anything else has no download URL yet
    std::string interaction_id{};     ///< not reported when empty
    std::string started_at{};         ///< reported as `startTime` as it stands; not reported when empty
    bool omit_download_url = false;
    bool omit_size = false;       ///< the API does not say the size
    bool gone = false;            ///< 410 for the item and its download
    std::string etag = "strong";  ///< `strong`, `weak`, `none`, or the value itself
    bool chunked = false;         ///< the download has no Content-Length
    bool redirect = false;        ///< the download URL answers 302 to another one first
};

/// Every id names a media item. Size and type are read off its end (`…-s65536`, `…-tmp3-s65536`; else 4096 bytes of
/// wav); overrides come from the control API.
class MediaCatalog {
  public:
    [[nodiscard]] Media find(std::string_view id) const;
    /// Replaces what an earlier override said. The mistakes in `fields`, empty when it took effect.
    std::string override_with(const std::string& id, const boost::json::object& fields);
    void forget(std::string_view id);
    void clear() { overrides_.clear(); }

  private:
    TextMap<Media> overrides_;
};

/// The entity tag for the download, empty when there is none. A strong one changes with id and size.
std::string entity_tag(std::string_view id, const Media& media);

}  // namespace strongroom::simulator
