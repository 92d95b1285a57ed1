#include "shared/genesys/storm_guard.hpp"

#include <utility>

namespace strongroom::genesys {
namespace {

bool is_gone(Cause cause) {
    return cause == Cause::kGone || cause == Cause::kNotFound;
}

template <class T>
Result<T> judged(PermanentStorm& storm, Result<T> result) {
    if (result) {
        storm.note_good();
        return result;
    }
    if (result.error().kind != FailureKind::kPermanent || is_gone(result.error().cause)) return result;
    storm.note_refused();
    if (!storm.raging()) return result;
    Failure failure = std::move(result).error();
    failure.kind = FailureKind::kOutage;
    failure.message += "; most items are refused: check the permissions of the OAuth client's role and its divisions";
    return failure;
}

}  // namespace

Task<Result<MediaLocation>> StormGuard::resolve(std::string media_id) {
    co_return judged(resolving_, co_await inner_->resolve(std::move(media_id)));
}

Task<Result<>> StormGuard::write_back(std::string interaction_id, std::map<std::string, std::string> fields) {
    co_return judged(writing_back_, co_await inner_->write_back(std::move(interaction_id), std::move(fields)));
}

}  // namespace strongroom::genesys
