#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/time_source.hpp"
#include "shared/fleet/claims.hpp"
#include "shared/genesys/media_platform.hpp"
#include "shared/records/event.hpp"
#include "shared/records/receipt.hpp"
#include "worker/archive/archived_object.hpp"
#include "worker/archive/subject_handler.hpp"
#include "worker/archive/tenant.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::archive {

/// One record on its way through the pipeline: what is known so far.
struct ArchiveJob {
    const consume::Delivery& delivery;
    const Tenant& tenant;
    const SubjectHandler& handler;
    records::Event event;
    consume::Subject subject;
    records::RecordOrigin origin;
    Provenance provenance;

    std::optional<fleet::Claim> claim{};
    std::optional<genesys::MediaLocation> location{};
    SteadyTime resolved_at{};
    /// The object in the store, once there is one, and the origin of the record that archived it.
    std::optional<records::ArchivedObject> object{};
    std::string object_origin{};
    bool linked = false;
    std::vector<records::StageTiming> timings{};

    /// The receipt as far as it is known, with the given status.
    [[nodiscard]] records::Receipt receipt(records::ReceiptStatus status) const;
    /// ARCHIVED when this record's own work made the object, also in an earlier delivery whose outcome was never
    /// committed.
    [[nodiscard]] records::ReceiptStatus status() const;
};

/// Reads the record and finds its tenant and handler. Failures at kDecode: poison for what cannot be read; not_ready
/// for a tenant that this worker's configuration does not have (a newer producer).
Result<ArchiveJob> open_job(const consume::Delivery& delivery, const Tenants& tenants);

/// Who the record is about, as far as can be told when `open_job` failed.
consume::Subject subject_of_refused(const consume::Delivery& delivery);

/// Adds the time since its construction to a job's timings.
class StageTimer {
  public:
    StageTimer(const TimeSource& time, ArchiveJob& job, Stage stage)
        : time_{time}, job_{job}, stage_{stage}, started_{time.now()} {}
    ~StageTimer() {
        job_.timings.push_back({stage_, std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - started_)});
    }
    StageTimer(const StageTimer&) = delete;
    StageTimer& operator=(const StageTimer&) = delete;

  private:
    const TimeSource& time_;
    ArchiveJob& job_;
    Stage stage_;
    SteadyTime started_;
};

}  // namespace strongroom::archive
