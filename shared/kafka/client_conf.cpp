#include "shared/kafka/client_conf.hpp"

#include <array>

#include "shared/telemetry/log.hpp"

namespace strongroom::kafka {
namespace {

Failure refused(std::string_view what, std::string_view why) {
    std::string message{what};
    message.append(": ").append(why);
    return Failure{.kind = FailureKind::kPermanent, .dependency = Dependency::kKafka, .message = std::move(message)};
}

Result<> apply(rd_kafka_conf_t* conf, std::string_view name, std::string_view value) {
    std::array<char, 512> text{};
    const std::string key{name};
    if (rd_kafka_conf_set(conf, key.c_str(), std::string{value}.c_str(), text.data(), text.size()) == RD_KAFKA_CONF_OK)
        return {};
    return refused("kafka.properties." + key, text.data());
}

Result<> apply_all(rd_kafka_conf_t* conf, const auto& settings) {
    for (const auto& [name, value] : settings)
        if (auto done = apply(conf, name, value); !done) return done;
    return {};
}

/// Half-open connections and broker restarts are noticed within seconds instead of half a minute.
const Settings& common_defaults() {
    static const Settings settings{
        {"socket.keepalive.enable", "true"},
        {"socket.nagle.disable", "true"},
        {"socket.timeout.ms", "10000"},
        {"socket.connection.setup.timeout.ms", "5000"},
        {"reconnect.backoff.max.ms", "1000"},
        {"log.connection.close", "false"},
        {"topic.metadata.refresh.interval.ms", "30000"},
    };
    return settings;
}

/// Runs on librdkafka's threads; nothing may be thrown through them.
void on_log(const rd_kafka_t* client, int level, const char* facility, const char* text) noexcept {
    try {
        const std::string_view about{facility};
        const std::initializer_list<log::Field> fields{
            {"client", rd_kafka_name(client)}, {"facility", about}, {"message", text}};
        // CONFWARN: a producer's setting handed to a consumer, and the like; one property map serves them all. FAIL and
        // ERROR come many times a second while a broker is away, and reach the application as values too.
        const bool noise = about == "CONFWARN" || about == "FAIL" || about == "ERROR";
        if (noise || level >= 7) return log::debug("kafka_client", fields);
        if (level >= 5) return log::info("kafka_client", fields);
        if (level >= 3) return log::warning("kafka_client", fields);
        log::error("kafka_client", fields);
    } catch (...) {  // NOLINT(bugprone-empty-catch): a log line that cannot be written is no reason to end the process
    }
}

}  // namespace

Result<ConfHandle> make_conf(const ClientConfig& config, const Settings& defaults, const Settings& guarantees,
                             void* opaque) {
    if (const auto mistakes = check_properties(config); !mistakes.empty())
        return refused("kafka.properties." + mistakes.front().property, mistakes.front().reason);
    ConfHandle conf{rd_kafka_conf_new()};
    const std::array own{std::pair<std::string, std::string>{"bootstrap.servers", config.brokers},
                         std::pair<std::string, std::string>{"allow.auto.create.topics", "false"}};
    if (auto done = apply_all(conf.get(), common_defaults()); !done) return done.error();
    if (auto done = apply_all(conf.get(), defaults); !done) return done.error();
    if (auto done = apply_all(conf.get(), config.properties); !done) return done.error();
    if (auto done = apply_all(conf.get(), own); !done) return done.error();
    if (auto done = apply_all(conf.get(), guarantees); !done) return done.error();
    rd_kafka_conf_set_opaque(conf.get(), opaque);
    rd_kafka_conf_set_log_cb(conf.get(), on_log);
    return conf;
}

Result<ClientHandle> make_client(rd_kafka_type_t type, ConfHandle conf) {
    std::array<char, 512> text{};
    ClientHandle client{rd_kafka_new(type, conf.get(), text.data(), text.size())};
    if (!client) return refused("cannot start a Kafka client", text.data());
    static_cast<void>(conf.release());  // the client owns it now
    return client;
}

}  // namespace strongroom::kafka
