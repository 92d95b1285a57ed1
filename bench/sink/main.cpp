#include <cstdint>
#include <exception>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "bench/sink/server.hpp"

int main(int argc, char** argv) {
    CLI::App app{"An S3 that keeps nothing and a media source that costs nothing, for benchmarks (bench/README.md)."};
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    app.add_option("--address", address, "IPv4 address to listen on")->capture_default_str();
    app.add_option("--port", port, "0 takes a free one, which standard output tells")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        strongroom::bench::serve(address, port);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "strongroom-bench-sink: " << error.what() << '\n';
        return 1;
    }
}
