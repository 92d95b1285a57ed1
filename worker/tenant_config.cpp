#include "worker/tenant_config.hpp"

#include <array>

#include "shared/http/address_filter.hpp"
#include "shared/object_store/object_key.hpp"
#include "shared/records/identifier.hpp"

namespace strongroom::worker {
namespace {

using namespace std::chrono_literals;
using config::Keys;
using config::Presence;
using config::TextRule;

bool is_web_url(std::string_view text) {
    const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    return scheme > 0 && text.size() > scheme && text.find_first_of("?# \t") == std::string_view::npos;
}

TextRule web_url() {
    return {"a URL such as https://api.mypurecloud.com, without a query", is_web_url};
}

void describe_platform(Keys& keys, genesys::PlatformConfig& platform) {
    static constexpr std::array<std::pair<std::string_view, genesys::CredentialsIn>, 2> kPlaces{
        {{"header", genesys::CredentialsIn::kHeader}, {"body", genesys::CredentialsIn::kBody}}};
    static constexpr std::array<std::pair<std::string_view, genesys::Profile>, 1> kProfiles{
        {{"media-api", genesys::Profile::kMediaApi}}};
    keys.choice<genesys::Profile>("profile", platform.profile, kProfiles);
    keys.text("api_url", platform.api_url, Presence::kRequired, web_url());
    keys.text("token_url", platform.token_url, Presence::kRequired, web_url());
    keys.text("client_id", platform.client_id, Presence::kRequired);
    keys.secret("client_secret", platform.client_secret, Presence::kRequired);
    keys.choice<genesys::CredentialsIn>("credentials_in", platform.credentials_in, kPlaces);
    keys.text("scope", platform.scope);
    keys.duration("timeout", platform.timeout, {100ms, 5min});
    keys.require(!platform.api_url.ends_with('/'), "api_url", "a URL without a slash at its end");
    keys.texts("download_hosts", platform.download_hosts);
    keys.texts("allow_addresses", platform.allow_addresses);
    for (const std::string& block : platform.allow_addresses) {
        const auto parsed = http::AddressBlock::parse(block);
        keys.require(parsed.has_value(), "allow_addresses", parsed ? std::string{} : parsed.error().message);
    }
}

void describe_destination(Keys& keys, DestinationSettings& destination) {
    static constexpr std::array<std::pair<std::string_view, crypto::Format>, 2> kFormats{
        {{"v3", crypto::Format::kV3}, {"origin", crypto::Format::kOrigin}}};
    static constexpr std::array<std::pair<std::string_view, bool>, 2> kIndex{{{"objects", true}, {"none", false}}};
    keys.text("bucket", destination.bucket, Presence::kRequired);
    keys.text("region", destination.region);
    keys.text("endpoint", destination.endpoint, Presence::kOptional, web_url());
    keys.text("key", destination.key);
    const auto key = object_store::KeyTemplate::parse(destination.key);
    keys.require(key.has_value(), "key", key ? std::string{} : key.error().message);
    keys.choice<crypto::Format>("format", destination.format, kFormats);
    keys.choice<bool>("index", destination.index_objects, kIndex);
    keys.flag("allow_insecure", destination.allow_insecure);
    keys.size("single_put_max", destination.single_put_max, {{16}, {5'000'000'000}});
    keys.size("part_size", destination.part_size, {{5U << 20U}, {1U << 30U}});
}

}  // namespace

void describe(Keys& keys, TenantSettings& tenant) {
    keys.text("name", tenant.name, Presence::kRequired,
              {"a tenant's name (1 to 64 of A-Z a-z 0-9 . _ -)",
               [](std::string_view text) { return records::check_tenant(text).has_value(); }});
    keys.section("platform", [&](Keys& inner) { describe_platform(inner, tenant.platform); }, Presence::kRequired);
    keys.section(
        "destination", [&](Keys& inner) { describe_destination(inner, tenant.destination); }, Presence::kRequired);
}

}  // namespace strongroom::worker
