#include "worker/check.hpp"

#include <functional>
#include <iostream>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/aws/credential_chain.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/genesys/client_credentials.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/kafka/admin.hpp"
#include "shared/object_store/object_key.hpp"
#include "shared/object_store/s3_client.hpp"
#include "shared/records/topics.hpp"
#include "shared/runtime/task_group.hpp"
#include "worker/pod_services.hpp"

namespace strongroom::worker {
namespace {

/// One line per thing tried.
class Report {
  public:
    void add(const std::string& what, const Result<>& result, const std::string& remedy) {
        if (result) {
            std::cout << "ok      " << what << std::endl;
            return;
        }
        all_good_ = false;
        std::cout << "FAILED  " << what << ": " << result.error().message << " -> " << remedy << std::endl;
    }
    [[nodiscard]] int exit_code() const { return all_good_ ? kDone : kFailed; }

  private:
    bool all_good_ = true;
};

std::vector<std::string> topic_names(const WorkerConfig& config) {
    const records::TopicNames names{config.kafka.topic_prefix};
    std::vector<std::string> topics{names.events(), names.backfill(), names.dead_letter(), names.receipts(),
                                    names.archive()};
    for (const auto tier : config.retry.tiers) topics.push_back(names.retry(tier));
    return topics;
}

void check_kafka(const WorkerConfig& config, Report& report) {
    const std::string remedy = "is kafka.brokers right, and may this client connect?";
    auto admin = kafka::Admin::create(config.kafka);
    const auto cluster = admin ? (*admin)->describe_cluster() : Result<kafka::ClusterDescription>{admin.error()};
    report.add("kafka broker " + config.kafka.brokers, cluster ? Result<>{} : Result<>{cluster.error()}, remedy);
    if (!cluster) return;
    const auto names = topic_names(config);
    const auto topics = (*admin)->describe_topics(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
        Result<> found{};
        if (!topics) {
            found = topics.error();
        } else if (!(*topics)[i]) {
            found = Failure{.kind = FailureKind::kOutage, .message = "it does not exist"};
        }
        report.add("topic " + names[i], found, "run strongroom-producer topics apply");
    }
}

/// The dependencies that are reached over an event loop.
class Checks {
  public:
    Checks(const boost::asio::any_io_executor& executor, const WorkerConfig& config, Report& report)
        : executor_{executor},
          config_{config},
          report_{report},
          http_{executor, time_},
          redis_{executor, sleeper_, dice_, redis_config(config.redis)},
          credentials_{aws::make_default_chain(time_, config::process_environment())} {}

    Task<> run() {
        co_await check_redis();
        for (const TenantSettings& tenant : config_.tenants) {
            co_await check_token(tenant);
            co_await check_bucket(tenant);
        }
    }

  private:
    Task<> check_redis() {
        TaskGroup tasks{executor_};
        tasks.spawn(redis_.keep_connected());
        const auto pong = co_await redis_.command({"PING"});
        report_.add("redis " + redis::parse_endpoint(config_.redis.url)->name(),
                    pong ? Result<>{} : Result<>{pong.error()},
                    "is redis.url right? Without Redis the worker goes on, but repeats work after crashes");
        tasks.cancel();
        co_await tasks.join();
    }

    Task<> check_token(const TenantSettings& tenant) {
        fleet::UnsharedTokenStore store;
        genesys::ClientCredentials tokens{executor_, {http_, store, time_, sleeper_, random_}, tenant.platform};
        const auto token = co_await tokens.token();
        report_.add("token of tenant " + tenant.name, token ? Result<>{} : Result<>{token.error()},
                    "check platform.token_url, client_id and client_secret, and that the client is active");
        co_await tokens.stop();
    }

    /// The four permissions of the README's IAM policy, tried so that nothing stays in the bucket: beginning an upload
    /// takes s3:PutObject, and a key that is not there is told apart from one that may not be read.
    Task<> check_bucket(const TenantSettings& tenant) {
        const auto& to = tenant.destination;
        const auto endpoint = object_store::S3Endpoint::make(
            {.region = to.region, .endpoint = to.endpoint, .allow_insecure = to.allow_insecure});
        const std::string what = "bucket " + to.bucket + " of tenant " + tenant.name;
        if (!endpoint) {
            report_.add(what, endpoint.error(), "correct tenants[].destination");
            co_return;
        }
        object_store::S3Client store{http_, *credentials_, time_, *endpoint};
        const std::string prefix = object_store::KeyTemplate::parse(to.key)->fixed_prefix() + ".check/";
        const object_store::NewObject probe{.bucket = to.bucket,
                                            .key = prefix + "probe",
                                            .content_type = "text/plain",
                                            .metadata = {},
                                            .only_if_absent = false};
        const auto upload = co_await store.create_multipart(probe);
        report_.add(what + ": s3:PutObject", upload ? Result<>{} : Result<>{upload.error()}, remedy("PutObject"));
        if (upload) {
            report_.add(what + ": s3:AbortMultipartUpload",
                        co_await store.abort_multipart(to.bucket, probe.key, *upload), remedy("AbortMultipartUpload"));
        }
        const auto head = co_await store.head(to.bucket, probe.key);
        const bool readable = head || head.error().cause == Cause::kNotFound;
        report_.add(what + ": s3:GetObject", readable ? Result<>{} : Result<>{head.error()}, remedy("GetObject"));
        const auto list = co_await store.list(to.bucket, prefix, {});
        report_.add(what + ": s3:ListBucket", list ? Result<>{} : Result<>{list.error()}, remedy("ListBucket"));
    }

    static std::string remedy(const std::string& action) {
        return "does the bucket exist in that region, are the AWS credentials right, and do they allow s3:" + action +
               "?";
    }

    boost::asio::any_io_executor executor_;
    const WorkerConfig& config_;
    Report& report_;
    SystemTime time_;
    TimerSleeper sleeper_;
    SystemRandom random_;
    std::mt19937_64 dice_{std::random_device{}()};
    http::CurlLoop http_;
    redis::PipelinedClient redis_;
    std::unique_ptr<aws::CredentialSource> credentials_;
};

}  // namespace

int run_check(const WorkerConfig& config) {
    Report report;
    check_kafka(config, report);
    boost::asio::io_context context{1};
    Checks checks{context.get_executor(), config, report};
    std::exception_ptr broken;
    boost::asio::co_spawn(context, checks.run(), [&](const std::exception_ptr& error) {
        broken = error;
        context.stop();
    });
    context.run();
    if (broken) std::rethrow_exception(broken);
    return report.exit_code();
}

}  // namespace strongroom::worker
