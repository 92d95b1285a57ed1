#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace strongroom {

/// Handles are as small as a pointer, cheap to use from any thread, and valid as long as the Metrics they came from.
class Counter {
  public:
    void add(double by = 1);

  private:
    friend class Metrics;
    explicit Counter(prometheus::Counter& counter) : counter_{&counter} {}
    prometheus::Counter* counter_;
};

class Gauge {
  public:
    void set(double value);
    void add(double by);

  private:
    friend class Metrics;
    explicit Gauge(prometheus::Gauge& gauge) : gauge_{&gauge} {}
    prometheus::Gauge* gauge_;
};

class Histogram {
  public:
    /// In the histogram's own unit.
    void observe(double value);
    /// Of a histogram in seconds.
    void observe(std::chrono::nanoseconds duration) { observe(std::chrono::duration<double>(duration).count()); }

  private:
    friend class Metrics;
    explicit Histogram(prometheus::Histogram& histogram) : histogram_{&histogram} {}
    prometheus::Histogram* histogram_;
};

/// The process's metrics. Names begin with `strongroom_` and use base units; counters end in `_total`, histograms in
/// `_seconds` or `_bytes`; otherwise std::invalid_argument (a mistake in the program). A name with the same labels
/// again gives the same metric, so shards share. Label values come from small sets known beforehand, never from data.
/// Any thread.
class Metrics {
  public:
    using Labels = std::map<std::string, std::string>;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    /// Buckets from 5 ms to 30 min unless others are given.
    Histogram seconds(const std::string& name, const std::string& help, const Labels& labels = {},
                      const std::vector<double>& buckets = {});
    /// Buckets from 1 KiB to 16 GiB in steps of four.
    Histogram bytes(const std::string& name, const std::string& help, const Labels& labels = {});

    /// All of it in Prometheus' text format 0.0.4.
    [[nodiscard]] std::string exposition() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace strongroom
