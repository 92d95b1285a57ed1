#include "shared/runtime/blocking_thread.hpp"

#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "test_support/run_task.hpp"

namespace strongroom {
namespace {

std::thread::id where_am_i() {
    return std::this_thread::get_id();
}

Task<bool> runs_elsewhere(BlockingThread& thread) {
    const auto here = std::this_thread::get_id();
    const auto there = co_await thread.run(where_am_i);
    co_return here != there&& here == std::this_thread::get_id();
}

void refuse() {
    throw std::runtime_error("refused");
}

TEST(BlockingThread, RunsElsewhereAndComesBack) {
    boost::asio::io_context context;
    BlockingThread thread;
    EXPECT_TRUE(test::run_task(context, runs_elsewhere(thread)));
}

TEST(BlockingThread, HandsOnWhatTheCallThrew) {
    boost::asio::io_context context;
    BlockingThread thread;
    EXPECT_THROW(test::run_task(context, thread.run(refuse)), std::runtime_error);
}

}  // namespace
}  // namespace strongroom
