#include "shared/telemetry/metrics.hpp"

#include <stdexcept>
#include <string_view>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace strongroom {
namespace {

const std::vector<double>& second_buckets() {
    static const std::vector<double> buckets{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                             2.5,   5,    10,    30,   60,  300,  1800};
    return buckets;
}

const std::vector<double>& byte_buckets() {
    static const std::vector<double> buckets = [] {
        std::vector<double> steps;
        for (double size = 1024; size <= 16.0 * 1024 * 1024 * 1024; size *= 4) steps.push_back(size);
        return steps;
    }();
    return buckets;
}

void require_name(const std::string& name, std::string_view ending) {
    if (name.starts_with("strongroom_") && name.ends_with(ending)) return;
    throw std::invalid_argument("metric name " + name + " must be strongroom_..." + std::string{ending});
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
};

void Counter::add(double by) {
    counter_->Increment(by);
}
void Gauge::set(double value) {
    gauge_->Set(value);
}
void Gauge::add(double by) {
    gauge_->Increment(by);
}
void Histogram::observe(double value) {
    histogram_->Observe(value);
}

Metrics::Metrics() : state_{std::make_unique<State>()} {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    require_name(name, "_total");
    return Counter{prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry).Add(labels)};
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    require_name(name, "");
    return Gauge{prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(labels)};
}

Histogram Metrics::seconds(const std::string& name, const std::string& help, const Labels& labels,
                           const std::vector<double>& buckets) {
    require_name(name, "_seconds");
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
    return Histogram{family.Add(labels, buckets.empty() ? second_buckets() : buckets)};
}

Histogram Metrics::bytes(const std::string& name, const std::string& help, const Labels& labels) {
    require_name(name, "_bytes");
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
    return Histogram{family.Add(labels, byte_buckets())};
}

std::string Metrics::exposition() const {
    return prometheus::TextSerializer{}.Serialize(state_->registry.Collect());
}

}  // namespace strongroom
