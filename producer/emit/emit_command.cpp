#include "producer/emit/emit_command.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "producer/complaint.hpp"
#include "producer/emit/emission.hpp"
#include "producer/emit/event_sink.hpp"
#include "producer/emit/input_file.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/kafka/admin.hpp"
#include "shared/kafka/producer.hpp"

namespace strongroom::emit {
namespace {

/// The tenant that is meant; the failure is the user's.
Result<std::string> choose_tenant(const ProducerConfig& config, const std::string& asked) {
    std::string names;
    for (const std::string& name : config.tenants) names.append(names.empty() ? "" : ", ").append(name);
    if (asked.empty() && config.tenants.size() == 1) return config.tenants.front();
    if (asked.empty()) return Failure{.message = "--tenant is needed: the configuration has " + names};
    if (std::ranges::find(config.tenants, asked) != config.tenants.end()) return asked;
    return Failure{.message = "there is no tenant '" + asked + "': the configuration has " + names};
}

/// Fails early, and in words, where sending would only time out.
Result<> check_topic(const kafka::ClientConfig& config, const std::string& topic) {
    const auto admin = kafka::Admin::create(config);
    if (!admin) return admin.error();
    const auto described = (*admin)->describe_topics(std::vector{topic});
    if (!described) return described.error();
    if (described->front()) return {};
    return Failure{.kind = FailureKind::kOutage,
                   .message = "there is no topic " + topic + ": create it with 'strongroom-producer topics apply'"};
}

/// The rejects file, which must not be one of the inputs: opening it empties it.
Result<std::unique_ptr<std::ofstream>> open_rejects(const EmitOptions& options) {
    if (options.rejects.empty()) return std::unique_ptr<std::ofstream>{};
    for (const std::string& input : options.files) {
        std::error_code ignored;
        if (!std::filesystem::equivalent(input, options.rejects, ignored)) continue;
        return Failure{.message = "--rejects " + options.rejects + " is one of the inputs"};
    }
    auto file = std::make_unique<std::ofstream>(options.rejects, std::ios::binary | std::ios::trunc);
    if (*file) return file;
    return Failure{.message = "cannot write " + options.rejects};
}

/// Reads every input; false when one could not be opened.
bool read_all(Emission& emission, const std::vector<std::string>& files) {
    bool are_open = true;
    for (const std::string& path : files) {
        auto file = InputFile::open(path);
        if (!file) {
            complain(kFailed, file.error().message);
            are_open = false;
            continue;
        }
        const auto read = [&file](char* into, std::size_t size) { return file->read(into, size); };
        if (!emission.read(file->name(), read)) break;
    }
    return are_open;
}

struct Job {
    const EmitOptions& options;
    Emission::Target target;
    std::ofstream* rejects;
    const std::function<bool()>& is_stopping;
};

int emit_into(EventSink& sink, const Job& job) {
    const SystemTime time;
    Progress progress{std::cerr, isatty(STDERR_FILENO) != 0, time};
    Emission emission{{sink, progress, job.rejects, time, job.is_stopping}, job.target};
    const auto& files = job.options.files;
    const bool are_open = read_all(emission, files.empty() ? std::vector<std::string>{"-"} : files);
    emission.finish();
    const Tally& tally = emission.tally();
    std::cout << (job.options.is_json ? to_json(tally, job.target.topic, job.options.is_dry_run)
                                      : to_text(tally, job.options.is_dry_run))
              << std::endl;
    if (emission.is_broken())
        return complain(kFailed, "stopped: the brokers do not take records; lines were left unread");
    if (job.is_stopping()) return complain(kFailed, "stopped by a signal; lines were left unread");
    if (job.rejects != nullptr && !job.rejects->flush())
        return complain(kFailed, "cannot write " + job.options.rejects);
    return are_open && tally.is_clean() ? kDone : kFailed;
}

}  // namespace

int run_emit(const ProducerConfig& config, const EmitOptions& options, const std::function<bool()>& is_stopping) {
    const auto tenant = choose_tenant(config, options.tenant);
    if (!tenant) return complain(kUsage, tenant.error().message);
    const auto rejects = open_rejects(options);
    if (!rejects) return complain(kUsage, rejects.error().message);
    const records::TopicNames names{config.kafka.topic_prefix};
    const std::string topic = options.topic == "backfill" ? names.backfill() : names.events();
    const Job job{options, {*tenant, topic}, rejects->get(), is_stopping};
    if (options.is_dry_run) {
        DrySink sink;
        return emit_into(sink, job);
    }
    if (const auto checked = check_topic(config.kafka, topic); !checked) return complain(checked.error(), config.kafka);
    const auto producer = kafka::Producer::create(config.kafka);
    if (!producer) return complain(producer.error(), config.kafka);
    KafkaSink sink{**producer};
    return emit_into(sink, job);
}

}  // namespace strongroom::emit
