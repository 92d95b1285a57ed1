#include "shared/keys/file_keyring.hpp"

#include <algorithm>
#include <optional>

#include "shared/keys/key_material.hpp"

namespace strongroom::keys {
namespace {

using Keys = std::map<std::string, crypto::NamedKey, std::less<>>;

bool is_key_id(std::string_view id) {
    return !id.empty() && id.size() <= FileKeyring::kLongestId &&
           std::ranges::all_of(id, [](char c) { return c >= ' ' && c <= '~'; });
}

/// What was found while loading: every problem, so that all of them can be mended at once.
struct Findings {
    std::vector<std::string> problems;
    std::vector<std::string> warnings;
};

void add_file(Keys& keys, Findings& findings, const std::string& id, const std::string& path) {
    if (!is_key_id(id)) {
        findings.problems.push_back("keys.files: a key id is 1 to 64 printable ASCII characters (the one of " + path +
                                    " is not)");
        return;
    }
    const auto file = read_key_file(path);
    if (!file) {
        findings.problems.push_back("key " + id + ": " + file.error().message);
        return;
    }
    auto bytes = parse_key(file->content.reveal());
    if (!bytes) {
        const std::size_t length = file->content.reveal().size();
        findings.problems.push_back("key " + id + ": " + path + " holds " +
                                    (length > kLongestKeyFile ? "more than 4096" : std::to_string(length)) +
                                    " bytes; " + std::string{kExpectedKey});
        return;
    }
    if (file->readable_by_others) {
        findings.warnings.push_back("key " + id + ": " + path + " can be read by everybody; make it mode 0400");
    }
    keys.emplace(id, crypto::NamedKey{.id = id, .bytes = std::move(*bytes)});
}

void add_hex(Keys& keys, Findings& findings, const std::string& id, const Secret& hex) {
    const std::string_view text = hex.reveal();
    auto bytes = text.size() == 64 ? parse_key(text) : std::nullopt;
    if (!is_key_id(id)) {
        findings.problems.emplace_back("keys.active: a key id is 1 to 64 printable ASCII characters");
    } else if (!bytes) {
        findings.problems.push_back("keys.hex: 64 hexadecimal characters are expected, found " +
                                    std::to_string(text.size()) +
                                    (text.size() == 64 ? ", not all of them hexadecimal" : " characters"));
    } else {
        keys.emplace(id, crypto::NamedKey{.id = id, .bytes = std::move(*bytes)});
    }
}

std::string choose_active(const KeyringConfig& config, Findings& findings) {
    if (!config.hex.empty()) return config.active.empty() ? "default" : config.active;
    if (config.active.empty()) {
        if (config.files.size() == 1) return config.files.begin()->first;
        findings.problems.emplace_back("keys.active: name the key of keys.files that new objects are sealed with");
    } else if (!config.files.contains(config.active)) {
        findings.problems.push_back("keys.active: " + config.active + " is not among keys.files");
    }
    return config.active;
}

Failure unusable(const std::vector<std::string>& problems) {
    Failure failure{.kind = FailureKind::kOutage, .dependency = Dependency::kKeys};
    for (const std::string& problem : problems) {
        if (!failure.message.empty()) failure.message += "\n";
        failure.message += problem;
    }
    return failure;
}

}  // namespace

Result<FileKeyring::Loaded> FileKeyring::load(const KeyringConfig& config) {
    if (config.hex.empty() && config.files.empty()) {
        return unusable({"keys: no key is configured; set keys.files, or keys.hex (ENCRYPTION_KEY_HEX)"});
    }
    if (!config.hex.empty() && !config.files.empty()) {
        return unusable({"keys: keys.files and keys.hex exclude each other"});
    }
    Keys keys;
    Findings findings;
    std::string active = choose_active(config, findings);
    for (const auto& [id, path] : config.files) add_file(keys, findings, id, path);
    if (!config.hex.empty()) add_hex(keys, findings, active, config.hex);
    if (!findings.problems.empty()) return unusable(findings.problems);
    return Loaded{.keyring = FileKeyring{std::move(active), std::move(keys)}, .warnings = std::move(findings.warnings)};
}

const crypto::NamedKey* FileKeyring::find(std::string_view id) const {
    const auto key = keys_.find(id.empty() ? std::string_view{active_} : id);
    return key == keys_.end() ? nullptr : &key->second;
}

}  // namespace strongroom::keys
