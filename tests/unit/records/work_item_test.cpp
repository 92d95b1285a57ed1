#include "shared/records/work_item.hpp"

#include <gtest/gtest.h>

namespace strongroom::records {
namespace {

TEST(WorkItem, NamesOneMediaOfOneTenant) {
    const Event event{.tenant = "acme", .subject = ArchivedMedia{"m-1", "i-1"}};
    EXPECT_EQ(work_item_of(event), "media/m-1");
    EXPECT_EQ(record_key_of(event), "i-1");
    const std::string qualified = qualified_work_item("acme", work_item_of(event));
    EXPECT_EQ(qualified, "acme/media/m-1");
    EXPECT_EQ(parse_work_item(qualified), (QualifiedWorkItem{"acme", "media/m-1"}));
}

TEST(WorkItem, OtherTextIsNoWorkItem) {
    for (const std::string_view text : {"", "acme", "acme/", "acme/media/", "acme/media/a/b", "acme/media/..",
                                        "/media/m", "acme/other/m", "@topic/1/2", "a:b/media/m"}) {
        EXPECT_EQ(parse_work_item(text), std::nullopt) << text;
    }
    EXPECT_EQ(origin_key("t", 1, 2), "@t/1/2");
}

}  // namespace
}  // namespace strongroom::records
