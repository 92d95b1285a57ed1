#include "shared/config/keys.hpp"
#include "shared/keys/file_keyring.hpp"

namespace strongroom::keys {

void describe(config::Keys& keys, KeyringConfig& keyring) {
    keys.text("active", keyring.active);
    keys.text_map("files", keyring.files);
    keys.secret("hex", keyring.hex);
    const bool one_source = keyring.files.empty() != keyring.hex.empty();
    keys.require(one_source, "files", "keys either in `files` (id: path) or as `hex`, one of the two");
    keys.require(keyring.active.empty() || keyring.files.empty() || keyring.files.contains(keyring.active), "active",
                 "the id of one of the keys in `files`");
    keys.require(!keyring.active.empty() || keyring.files.size() <= 1, "active",
                 "the id of the key that new objects are encrypted with, since there are several");
}

}  // namespace strongroom::keys
