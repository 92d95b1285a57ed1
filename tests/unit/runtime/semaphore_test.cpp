#include "shared/runtime/semaphore.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/runtime/task_group.hpp"
#include "test_support/run_task.hpp"

namespace strongroom {
namespace {

Task<> enter(Semaphore& door, std::string name, Event& leave, std::string& log) {
    const auto permit = co_await door.acquire();
    log += name;
    co_await leave.wait();
}

Task<> open_repeatedly(TaskGroup& group, Event& leave) {
    Event turn{co_await boost::asio::this_coro::executor};
    while (group.size() > 0) {
        leave.notify();
        co_await turn.wait_for(std::chrono::milliseconds{0});
    }
}

TEST(Semaphore, LetsInFirstComeFirstServed) {
    boost::asio::io_context context;
    Semaphore door{context.get_executor(), 1};
    Event leave{context.get_executor()};
    TaskGroup group{context.get_executor()};
    std::string log;
    for (const char* name : {"a", "b", "c"}) group.spawn(enter(door, name, leave, log));
    test::run_task(context, open_repeatedly(group, leave));
    EXPECT_EQ(log, "abc");
    EXPECT_EQ(door.free(), 1U);
}

TEST(Semaphore, CancelledHoldersAndWaitersGiveTheirPermitsBack) {
    boost::asio::io_context context;
    Semaphore door{context.get_executor(), 1};
    Event leave{context.get_executor()};
    std::string log;
    {
        TaskGroup group{context.get_executor()};
        for (const char* name : {"a", "b"}) group.spawn(enter(door, name, leave, log));
        context.poll();
        group.cancel();
        test::run_task(context, group.join());
    }
    EXPECT_EQ(door.free(), 1U);
}

}  // namespace
}  // namespace strongroom
