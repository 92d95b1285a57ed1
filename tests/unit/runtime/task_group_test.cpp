#include "shared/runtime/task_group.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "shared/runtime/event.hpp"
#include "test_support/run_task.hpp"

namespace strongroom {
namespace {

Task<> wait_on(Event& event, int& woken) {
    co_await event.wait();
    ++woken;
}

Task<> fail() {
    throw std::runtime_error("broken");
    co_return;
}

Task<> notify(Event& event) {
    event.notify();
    co_return;
}

TEST(TaskGroup, JoinsAllChildren) {
    boost::asio::io_context context;
    TaskGroup group{context.get_executor()};
    Event event{context.get_executor()};
    int woken = 0;
    group.spawn(wait_on(event, woken));
    group.spawn(wait_on(event, woken));
    group.spawn(notify(event));
    test::run_task(context, group.join());
    EXPECT_EQ(woken, 2);
    EXPECT_EQ(group.size(), 0U);
}

TEST(TaskGroup, CancelEndsChildrenWithoutAnError) {
    boost::asio::io_context context;
    TaskGroup group{context.get_executor()};
    Event event{context.get_executor()};
    int woken = 0;
    group.spawn(wait_on(event, woken));
    group.cancel();
    test::run_task(context, group.join());
    EXPECT_EQ(woken, 0);
}

TEST(TaskGroup, OneFailureStopsTheOthersAndIsThrownByJoin) {
    boost::asio::io_context context;
    TaskGroup group{context.get_executor()};
    Event event{context.get_executor()};
    int woken = 0;
    group.spawn(wait_on(event, woken));
    group.spawn(fail());
    EXPECT_THROW(test::run_task(context, group.join()), std::runtime_error);
    EXPECT_EQ(woken, 0);
}

}  // namespace
}  // namespace strongroom
