#include "shared/records/work_item.hpp"

#include "shared/records/identifier.hpp"

namespace strongroom::records {
namespace {

constexpr std::string_view kMedia = "media/";

}  // namespace

std::string work_item_of(const Event& event) {
    return std::string{kMedia} + std::get<ArchivedMedia>(event.subject).media_id;
}

std::string record_key_of(const Event& event) {
    return std::get<ArchivedMedia>(event.subject).interaction_id;
}

std::string qualified_work_item(std::string_view tenant, std::string_view work_item) {
    std::string name{tenant};
    return name.append("/").append(work_item);
}

std::optional<QualifiedWorkItem> parse_work_item(std::string_view qualified) {
    const std::size_t slash = qualified.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view tenant = qualified.substr(0, slash);
    const std::string_view item = qualified.substr(slash + 1);
    if (!check_tenant(tenant) || !item.starts_with(kMedia)) return std::nullopt;
    if (!check_identifier("mediaId", item.substr(kMedia.size()))) return std::nullopt;
    return QualifiedWorkItem{std::string{tenant}, std::string{item}};
}

std::string origin_key(std::string_view topic, std::int32_t partition, std::int64_t offset) {
    std::string key{"@"};
    return key.append(topic).append("/" + std::to_string(partition) + "/" + std::to_string(offset));
}

}  // namespace strongroom::records
