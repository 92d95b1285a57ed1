#include <unistd.h>

#include <ostream>

#include "auditor/commands.hpp"
#include "auditor/metadata_file.hpp"
#include "auditor/open.hpp"
#include "shared/base/units.hpp"

namespace strongroom::auditor {
namespace {

using Source = std::unique_ptr<SealedSource>;

/// Everything that goes wrong is told alike.
int fail(std::ostream& err, std::string_view message, int code = 1) {
    err << "strongroom-auditor: " << printable(message) << '\n';
    return code;
}

Result<Source> make_source(Surroundings& around, const OpenArguments& arguments) {
    if (arguments.source.starts_with(kStoreScheme)) {
        auto location = parse_object(arguments.source);
        if (!location) return location.error();
        auto& store = around.store_of(location->bucket);
        return Source{std::make_unique<StoreSource>(store, std::move(*location))};
    }
    auto described = read_metadata_file(arguments.metadata);
    if (!described) return described.error();
    return Source{std::make_unique<FileSource>(arguments.source, std::move(*described))};
}

Task<Result<Finding>> open(Opener& opener, const OpenArguments& arguments, std::ostream& err) {
    if (!arguments.output.empty() && arguments.output != "-") co_return co_await opener.to_file(arguments.output);
    DescriptorOutput output{STDOUT_FILENO, "standard output"};
    if (!arguments.stream) co_return co_await opener.to_verified_stream(output);
    err << "strongroom-auditor: --stream writes before the tag has verified: do not use what was written unless this "
           "command exits with 0\n"
        << std::flush;
    co_return co_await opener.to_unverified_stream(output);
}

}  // namespace

Task<int> run_open(Surroundings& around, OpenArguments arguments) {
    const auto source = make_source(around, arguments);
    if (!source) co_return fail(around.err, source.error().message, 2);
    Opener opener{**source, around.keys, around.sleeper, around.random, Backoff{}};
    const auto finding = co_await open(opener, arguments, around.err);
    if (!finding) co_return fail(around.err, (*source)->name() + ": " + finding.error().message);
    if (!finding->good()) {
        co_return fail(around.err, std::string{to_string(finding->judgement.verdict)} + ": " + (*source)->name() +
                                       ": " + finding->judgement.explanation);
    }
    around.err << "opened " << printable((*source)->name()) << ": " << format_bytes(finding->plain_bytes) << ", format "
               << finding->format << (finding->key_id.empty() ? "" : ", key ") << printable(finding->key_id) << '\n';
    co_return 0;
}

}  // namespace strongroom::auditor
