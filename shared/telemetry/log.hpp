#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace strongroom::log {

/// One `key=value` of a log line; the value is quoted and escaped where it needs to be.
struct Field {
    Field(std::string_view k, std::string_view v) : key{k}, value{v} {}
    Field(std::string_view k, const char* v) : key{k}, value{v} {}
    Field(std::string_view k, const std::string& v) : key{k}, value{v} {}
    template <std::integral T>
    Field(std::string_view k, T v) : key{k}, value{std::to_string(v)} {}

    std::string_view key;
    std::string value;
};

/// INFO: life of the process. WARNING: something failed and was recovered. ERROR: someone must act. Nothing is logged
/// per record above DEBUG. Fields never hold secrets, tokens, URL queries or personal data. Any thread.
void debug(std::string_view event, std::initializer_list<Field> fields = {});
void info(std::string_view event, std::initializer_list<Field> fields = {});
void warning(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

/// Sets glog up to write to standard error. Once, from main.
void start(const char* program, bool verbose);

}  // namespace strongroom::log
