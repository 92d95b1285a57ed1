#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/keys/key_provider.hpp"

namespace strongroom::config {
class Keys;
}

namespace strongroom::keys {

/// Where the keys come from: files, or one key from the configuration itself (`hex: "${ENCRYPTION_KEY_HEX}"`).
struct KeyringConfig {
    /// The key that new objects are sealed with. May be left out when there is one key only.
    std::string active{};
    /// Key id to the path of its file: 32 raw bytes, 64 hexadecimal characters, or the base64 of 32 bytes.
    std::map<std::string, std::string> files{};
    /// 64 hexadecimal characters. The key's id is `active`, or "default" where that is empty.
    Secret hex{};
};

/// Section `keys` of the configuration.
void describe(config::Keys& keys, KeyringConfig& keyring);

/// Named keys held in memory.
class FileKeyring final : public KeyProvider {
  public:
    struct Loaded;
    /// Reads every key. The failure (outage at kKeys) lists everything that is wrong: which key, which file, how long
    /// its content is; never the content.
    static Result<Loaded> load(const KeyringConfig& config);

    [[nodiscard]] const crypto::NamedKey& active() const override { return keys_.at(active_); }
    [[nodiscard]] const crypto::NamedKey* find(std::string_view id) const override;

    /// The longest key id, in characters. Ids are printable US-ASCII, since they stand in object metadata.
    static constexpr std::size_t kLongestId = 64;

  private:
    FileKeyring(std::string active, std::map<std::string, crypto::NamedKey, std::less<>> keys)
        : active_{std::move(active)}, keys_{std::move(keys)} {}

    std::string active_;
    std::map<std::string, crypto::NamedKey, std::less<>> keys_;
};

struct FileKeyring::Loaded {
    FileKeyring keyring;
    /// What works but should be looked at (a key file that everybody may read), for the log.
    std::vector<std::string> warnings;
};

}  // namespace strongroom::keys
