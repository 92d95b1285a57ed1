#include "auditor/command_line.hpp"

#include <ostream>

#include <CLI/CLI.hpp>

#include "auditor/object_location.hpp"

namespace strongroom::auditor {
namespace {

constexpr int kUsage = 2;

void describe_common(CLI::App& app, CommandLine& line) {
    app.add_option("--config", line.config_path,
                   "configuration file (the worker's will do); without one, the environment "
                   "and the options below are enough")
        ->type_name("FILE");
    app.add_option("--endpoint", line.overrides.endpoint, "the store's URL (default: AWS_ENDPOINT_URL_S3, then AWS)")
        ->type_name("URL");
    app.add_option("--region", line.overrides.region, "the store's region (default: AWS_REGION)")->type_name("NAME");
    app.add_option("--key-hex-file", line.overrides.key_hex_file,
                   "file with the one key, tried on every object (default: ENCRYPTION_KEY_HEX)")
        ->type_name("FILE");
    app.add_option("--key", line.overrides.key_files, "a key by its id; may be given several times")
        ->type_name("ID=FILE");
    app.add_option("--default-key", line.overrides.default_key, "the key of objects that name none")->type_name("ID");
}

void describe_open(CLI::App& open, OpenArguments& arguments) {
    open.add_option("source", arguments.source, "s3://bucket/key, or a local file with --metadata")
        ->required()
        ->type_name("SRC");
    open.add_option("-o,--output", arguments.output,
                    "write to FILE, which appears (mode 0600) only once the tag has verified; without it the object is "
                    "read twice and written to standard output")
        ->type_name("FILE");
    open.add_option("--metadata", arguments.metadata,
                    "of a local file: a JSON object of its user metadata, or the output of aws s3api head-object")
        ->type_name("FILE");
    open.add_flag("--stream", arguments.stream, "write to standard output while reading, before the tag has verified");
}

void describe_verify(CLI::App& verify, VerifyArguments& arguments, Overrides& overrides) {
    verify.add_option("objects", arguments.locations, "s3://bucket/key, several if wanted")->type_name("OBJECT");
    verify.add_flag("--prefix", arguments.prefix, "OBJECT is s3://bucket/prefix: verify all objects below it");
    verify.add_option("--list", arguments.list, "file of s3://bucket/key lines")->type_name("FILE");
    verify.add_flag("--receipts", arguments.receipts,
                    "verify what the receipts on Kafka say, up to their end as of now");
    verify.add_option("--brokers", overrides.brokers, "for --receipts (default: kafka.brokers)")
        ->type_name("HOST:PORT");
    verify.add_option("--topic", arguments.topic, "for --receipts (default: <kafka.topic_prefix>.receipts)")
        ->type_name("NAME");
    verify.add_flag("--json", arguments.json, "one JSON object a line: every object, then a summary");
    verify.add_option("--concurrency", arguments.concurrency, "objects read at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
}

std::string mistake_in(const OpenArguments& open) {
    const bool in_store = open.source.starts_with(kStoreScheme);
    if (in_store && !parse_object(open.source)) return parse_object(open.source).error().message;
    if (in_store && !open.metadata.empty()) return "--metadata is for local files; the store keeps an object's own";
    if (!in_store && open.metadata.empty())
        return "a local file needs --metadata FILE (or did you mean s3://bucket/key?)";
    if (open.stream && !open.output.empty() && open.output != "-") return "--stream and --output exclude each other";
    return {};
}

std::string mistake_in(const VerifyArguments& verify) {
    const int sources = (verify.locations.empty() ? 0 : 1) + (verify.list.empty() ? 0 : 1) + (verify.receipts ? 1 : 0);
    if (sources != 1) return "name the objects, or give one of --list and --receipts";
    if (verify.prefix && verify.locations.size() != 1) return "--prefix needs one s3://bucket/prefix";
    for (const std::string& text : verify.locations) {
        const auto location = verify.prefix ? parse_prefix(text) : parse_object(text);
        if (!location) return location.error().message;
    }
    return {};
}

void lay_over(const Overrides& overrides, StoreSettings& store) {
    if (!overrides.endpoint.empty()) store.endpoint = overrides.endpoint;
    if (!overrides.region.empty()) store.region = overrides.region;
}

Failure mistake(std::string message) {
    return {.kind = FailureKind::kPermanent, .message = std::move(message)};
}

Result<> lay_keys_over(const Overrides& overrides, AuditorConfig& config) {
    if (overrides.key_hex_file.empty() && overrides.key_files.empty()) return {};
    if (!overrides.key_hex_file.empty() && !overrides.key_files.empty()) {
        return mistake("--key-hex-file and --key exclude each other");
    }
    config.keys = {};
    config.sole_key = !overrides.key_hex_file.empty();
    if (config.sole_key) config.keys.files["default"] = overrides.key_hex_file;
    for (const std::string& text : overrides.key_files) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) return mistake("--key: expected ID=FILE");
        config.keys.files[text.substr(0, equals)] = text.substr(equals + 1);
        if (config.keys.active.empty()) config.keys.active = text.substr(0, equals);
    }
    return {};
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                  std::ostream& err) {
    CLI::App app{"Opens and verifies archived objects.", "strongroom-auditor"};
    app.set_version_flag("--version", STRONGROOM_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    CommandLine line;
    OpenArguments open;
    VerifyArguments verify;
    describe_common(app, line);
    auto* open_command = app.add_subcommand("open", "decrypt one object");
    describe_open(*open_command, open);
    describe_verify(*app.add_subcommand("verify", "check objects: there, whole, unchanged, and openable"), verify,
                    line.overrides);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, out, err) == 0 ? 0 : kUsage;
    }
    const bool is_open = open_command->parsed();
    const std::string mistake = is_open ? mistake_in(open) : mistake_in(verify);
    if (!mistake.empty()) {
        err << "strongroom-auditor: " << mistake << '\n';
        return kUsage;
    }
    if (is_open) {
        line.command = std::move(open);
    } else {
        line.command = std::move(verify);
    }
    return line;
}

Result<> apply(const Overrides& overrides, AuditorConfig& config) {
    lay_over(overrides, config.store);
    for (auto& [bucket, store] : config.buckets) lay_over(overrides, store);
    if (!overrides.brokers.empty()) config.kafka.brokers = overrides.brokers;
    if (auto keys = lay_keys_over(overrides, config); !keys) return keys;
    if (!overrides.default_key.empty()) {
        config.keys.active = overrides.default_key;
        config.sole_key = false;
    }
    return {};
}

}  // namespace strongroom::auditor
