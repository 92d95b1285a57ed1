#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <CLI/CLI.hpp>

#include "bench/floor/copy_job.hpp"

namespace {

using namespace strongroom::bench;

struct Options {
    std::uint64_t jobs = 1000;
    std::uint64_t body_bytes = 1'000'000;
    std::size_t concurrency = 64;
    std::string source_url = "http://127.0.0.1:8080/download/floor-{n}-s{bytes}";
    std::string sink_url = "http://127.0.0.1:8081/bench/floor-{n}";
};

std::string fill(std::string url, std::string_view name, std::uint64_t value) {
    const auto at = url.find(name);
    return at == std::string::npos ? url : url.replace(at, name.size(), std::to_string(value));
}

double cpu_seconds(const rusage& usage) {
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Keeps every slot busy until all jobs are done.
class Floor {
  public:
    explicit Floor(const Options& options) : options_{options} {
        while (slots_.size() < options.concurrency) slots_.push_back(std::make_unique<CopyJob>(loop_));
    }

    void run() {
        for (auto& slot : slots_) start_next(*slot);
        loop_.run([this] { return done_ == options_.jobs; });
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  private:
    void start_next(CopyJob& slot) {
        if (started_ == options_.jobs) return;
        const auto number = ++started_;
        slot.start(fill(fill(options_.source_url, "{n}", number), "{bytes}", options_.body_bytes),
                   fill(options_.sink_url, "{n}", number));
    }

    void ended(CURL* easy, CURLcode result) {
        char* job = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &job);
        auto& slot = *reinterpret_cast<CopyJob*>(job);
        if (!slot.ended(easy, result)) return;
        bytes_ += slot.body_bytes();
        ++done_;
        start_next(slot);
    }

    const Options& options_;
    MultiLoop loop_{[this](CURL* easy, CURLcode result) { ended(easy, result); }};
    std::vector<std::unique_ptr<CopyJob>> slots_;
    std::uint64_t started_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t bytes_ = 0;
};

/// One row of the `pipeline` table.
void print_row(const Options& options, double seconds, std::uint64_t bytes) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double cpu = cpu_seconds(usage);
    const auto jobs = static_cast<double>(options.jobs);
    const auto total = static_cast<double>(bytes);
    std::printf(
        "{\"system\": \"floor\", \"body_bytes\": %llu, \"tls\": false, \"jobs_per_s\": %.1f, \"mb_per_s\": %.1f, "
        "\"cpu_s_per_gb\": %.3f, \"cpu_us_per_job\": %.1f, \"peak_rss_bytes\": %lld, \"jobs\": %llu, "
        "\"seconds\": %.3f, \"cpu_s\": %.3f}\n",
        static_cast<unsigned long long>(options.body_bytes), jobs / seconds, total / 1e6 / seconds, cpu / (total / 1e9),
        cpu * 1e6 / jobs, static_cast<long long>(usage.ru_maxrss) * 1024, static_cast<unsigned long long>(options.jobs),
        seconds, cpu);
}

void measure(const Options& options) {
    const auto start = std::chrono::steady_clock::now();
    Floor floor{options};
    floor.run();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    print_row(options, elapsed.count(), floor.bytes());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The bare GET, AES-256-GCM, PUT loop on libcurl: what no archiver can do without (bench/README.md)."};
    Options options;
    app.add_option("--jobs", options.jobs)->capture_default_str();
    app.add_option("--body", options.body_bytes, "bytes of each media item")->capture_default_str();
    app.add_option("--concurrency", options.concurrency, "transfers at once")->capture_default_str();
    app.add_option("--source-url", options.source_url, "with {n} and {bytes}")->capture_default_str();
    app.add_option("--sink-url", options.sink_url, "with {n}")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        measure(options);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "strongroom-bench-floor: " << error.what() << '\n';
        return 1;
    }
}
