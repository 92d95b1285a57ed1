#include "test_support/run_task.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>

#include <boost/asio/co_spawn.hpp>

namespace strongroom::test {

void run_task(boost::asio::io_context& context, Task<> task) {
    bool ended = false;
    std::exception_ptr error;
    boost::asio::co_spawn(context, std::move(task), [&](const std::exception_ptr& thrown) {
        ended = true;
        error = thrown;
        context.stop();
    });
    context.restart();
    context.run_for(std::chrono::seconds{10});
    if (!ended) throw std::runtime_error("the task did not end within ten seconds");
    if (error) std::rethrow_exception(error);
}

void run_task(Task<> task) {
    boost::asio::io_context context{1};
    run_task(context, std::move(task));
}

}  // namespace strongroom::test
