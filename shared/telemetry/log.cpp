#include "shared/telemetry/log.hpp"

#include <glog/logging.h>

#include "shared/telemetry/log_line.hpp"

namespace strongroom::log {
namespace {

void write(google::LogSeverity severity, std::string_view level, std::string_view event,
           std::initializer_list<Field> fields) {
    google::LogMessage{"", 0, severity}.stream() << format_line(SystemTime{}.wall_now(), level, event, fields);
}

}  // namespace

void debug(std::string_view event, std::initializer_list<Field> fields) {
    if (VLOG_IS_ON(1)) write(google::GLOG_INFO, "debug", event, fields);
}

void info(std::string_view event, std::initializer_list<Field> fields) {
    write(google::GLOG_INFO, "info", event, fields);
}

void warning(std::string_view event, std::initializer_list<Field> fields) {
    write(google::GLOG_WARNING, "warning", event, fields);
}

void error(std::string_view event, std::initializer_list<Field> fields) {
    write(google::GLOG_ERROR, "error", event, fields);
}

void start(const char* program, bool verbose) {
    FLAGS_logtostderr = true;
    FLAGS_log_prefix = false;
    FLAGS_v = verbose ? 1 : 0;
    google::InitGoogleLogging(program);
}

}  // namespace strongroom::log
