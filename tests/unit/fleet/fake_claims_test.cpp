#include "test_support/fake_claims.hpp"

#include <memory>

#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "tests/contract/claims/claims_contract.hpp"

namespace strongroom::test {
namespace {

struct FakeHarness {
    FakeHarness() { time.advance(std::chrono::hours{1}); }

    fleet::Claims& claims(const std::string& owner) {
        auto& of_owner = owners[owner];
        if (!of_owner) of_owner = std::make_unique<FakeClaims>(store, time, owner, kLease);
        return *of_owner;
    }
    template <class T>
    auto run(Task<T> task) {
        return run_task(std::move(task));
    }
    void let_pass(const std::string& /*work_item*/, std::chrono::milliseconds duration) { time.advance(duration); }
    void forget(const std::string& work_item) { store.records.erase(work_item); }

    FakeTime time;
    FakeClaimStore store;
    std::map<std::string, std::unique_ptr<FakeClaims>> owners;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, ClaimsContract, FakeHarness);

}  // namespace
}  // namespace strongroom::test
