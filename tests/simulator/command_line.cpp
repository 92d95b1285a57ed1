#include "tests/simulator/command_line.hpp"

#include <charconv>
#include <map>
#include <vector>

#include <CLI/CLI.hpp>

#include "shared/base/units.hpp"

namespace strongroom::simulator {
namespace {

struct Words {
    std::string listen = "127.0.0.1:0";
    std::vector<std::string> clients;
    std::string token_lifetime = "8h";
    std::string url_lifetime = "5m";
};

void read_listen(const std::string& text, Options& into) {
    const auto colon = text.rfind(':');
    const auto* begin = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
    const auto* end = text.data() + text.size();
    if (std::from_chars(begin, end, into.port).ptr != end || begin == end) {
        throw CLI::ValidationError{"--listen", "expected ADDRESS:PORT"};
    }
    into.address = text.substr(0, colon);
}

void read_clients(std::vector<std::string> clients, Options& into) {
    if (clients.empty()) clients.emplace_back("demo-client:demo-secret");
    for (const auto& client : clients) {
        const auto colon = client.find(':');
        if (colon == std::string::npos) throw CLI::ValidationError{"--client", "expected ID:SECRET"};
        into.platform.tokens.clients[client.substr(0, colon)] = client.substr(colon + 1);
    }
}

std::chrono::milliseconds read_duration(const char* option, const std::string& text) {
    const auto duration = parse_duration(text);
    if (!duration) throw CLI::ValidationError{option, duration.error().message};
    return *duration;
}

void declare(CLI::App& app, Words& words, Options& options) {
    const std::map<std::string, MediaMode> modes{{"keystream", MediaMode::kKeystream},
                                                 {"pattern", MediaMode::kPattern}};
    app.add_option("--listen", words.listen, "address and port; port 0 takes a free one")->capture_default_str();
    app.add_option("--client", words.clients,
                   "ID:SECRET of an OAuth client, repeatable (default demo-client:demo-secret)");
    app.add_option("--token-lifetime", words.token_lifetime, "of the tokens it issues")->capture_default_str();
    app.add_option("--url-lifetime", words.url_lifetime, "of the download URLs it signs")->capture_default_str();
    app.add_option("--public-url", options.platform.public_url, "in front of download URLs (default http://LISTEN)");
    app.add_option("--rate-limit", options.platform.rate_limit, "API requests per token and minute")
        ->capture_default_str();
    app.add_option("--media", options.media, "keystream, or pattern for benchmarks")
        ->transform(CLI::CheckedTransformer(modes).description("keystream|pattern"));
    app.add_option("--journal-entries", options.platform.journal.entries, "requests kept")->capture_default_str();
    app.add_flag("!--no-journal", options.platform.journal.enabled, "keep no journal and no counts");
}

}  // namespace

std::optional<Options> read_command_line(int argc, char** argv, int& exit_code) {
    CLI::App app{"The contact centre platform as tests need it; its control API is in tests/simulator/README.md."};
    Options options;
    Words words;
    declare(app, words, options);
    try {
        app.parse(argc, argv);
        read_listen(words.listen, options);
        read_clients(words.clients, options);
        options.platform.tokens.lifetime = read_duration("--token-lifetime", words.token_lifetime);
        options.platform.url_lifetime = read_duration("--url-lifetime", words.url_lifetime);
        return options;
    } catch (const CLI::ParseError& error) {
        exit_code = app.exit(error) == 0 ? 0 : 2;
        return std::nullopt;
    }
}

}  // namespace strongroom::simulator
