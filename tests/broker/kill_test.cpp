#include <csignal>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "broker/consume_world.hpp"

namespace strongroom::consume::test {
namespace {

constexpr const char* kPrefixVariable = "STRONGROOM_TEST_PREFIX";
constexpr const char* kInstanceVariable = "STRONGROOM_TEST_INSTANCE";

/// The body of a pod's process; started by the test below, never by itself.
TEST(PodProcess, DISABLED_RunsUntilItIsKilled) {
    ConsumeWorld world{std::string{std::getenv(kPrefixVariable)}};
    auto& pod = world.start_pod(std::getenv(kInstanceVariable));
    world.run_until([&] { return pod.ended.has_value(); }, std::chrono::seconds{120});
}

/// A pod in a process of its own, so that kill -9 is the real thing.
class PodProcess {
  public:
    PodProcess(const std::string& prefix, std::string instance) : prefix_{prefix}, instance_{std::move(instance)} {
        start();
    }
    ~PodProcess() { kill(); }
    PodProcess(const PodProcess&) = delete;
    PodProcess& operator=(const PodProcess&) = delete;

    void start() {
        process_ = ::fork();
        if (process_ != 0) return;
        ::setenv(kPrefixVariable, prefix_.c_str(), 1);
        ::setenv(kInstanceVariable, instance_.c_str(), 1);
        ::unsetenv("GTEST_OUTPUT");
        ::execl("/proc/self/exe", "broker_tests", "--gtest_also_run_disabled_tests",
                "--gtest_filter=PodProcess.DISABLED_RunsUntilItIsKilled", nullptr);
        ::_exit(127);
    }
    void kill() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }

  private:
    std::string prefix_;
    std::string instance_;
    pid_t process_ = -1;
};

TEST(Killing, PodsAtAnyMomentLosesNothingAndRepeatsNoOutcome) {
    constexpr std::size_t kEvents = 6'000;
    ConsumeWorld world;
    std::vector<kafka::OutboundRecord> events;
    for (std::size_t i = 0; i < kEvents; ++i) {
        const std::string what = i % 10 == 0 ? "transient e" : "ok e";
        const std::string number = i % 10 == 0 ? " 1" : " " + std::to_string(i % 120);
        events.push_back(world.event("key" + std::to_string(i % 300), what + std::to_string(i) + number));
    }
    std::mt19937 random{7};
    PodProcess first{world.prefix(), "0"};
    PodProcess second{world.prefix(), "1"};
    std::size_t produced = 0;
    for (int round = 0; round < 6; ++round) {
        const auto until = produced + kEvents / 6;
        world.produce({events.begin() + static_cast<std::ptrdiff_t>(produced),
                       events.begin() + static_cast<std::ptrdiff_t>(until)});
        produced = until;
        const auto before = world.count_receipts();
        ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= before + 50; }));
        world.run_for(std::chrono::milliseconds{std::uniform_int_distribution{0, 400}(random)});
        auto& victim = round % 2 == 0 ? first : second;
        victim.kill();
        victim.start();
    }
    ASSERT_TRUE(world.run_until([&] { return world.receipts().size() >= kEvents; }, std::chrono::seconds{60}));
    world.run_for(std::chrono::seconds{2});
    EXPECT_EQ(world.receipts().size(), kEvents);
    EXPECT_EQ(world.count_receipts(), kEvents);
    EXPECT_TRUE(world.read(world.names.dead_letter()).empty());
}

}  // namespace
}  // namespace strongroom::consume::test
