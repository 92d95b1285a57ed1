#include "shared/object_store/s3_xml.hpp"

#include <charconv>
#include <sstream>

#include <pugixml.hpp>

#include "shared/base/encoding.hpp"

namespace strongroom::object_store {
namespace {

/// The document's root if it has that name; the document must outlive it.
pugi::xml_node read_root(pugi::xml_document& document, std::string_view xml, const char* name) {
    if (!document.load_buffer(xml.data(), xml.size())) return {};
    return document.child(name);
}

std::uint64_t number_of(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void add(pugi::xml_node parent, const char* name, const std::string& text) {
    parent.append_child(name).text().set(text.c_str());
}

}  // namespace

std::string unquoted(std::string_view etag) {
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
    return std::string{etag};
}

std::optional<S3Error> read_error(std::string_view xml) {
    pugi::xml_document document;
    const pugi::xml_node root = read_root(document, xml, "Error");
    if (!root) return std::nullopt;
    return S3Error{root.child_value("Code"), root.child_value("Message")};
}

std::optional<std::string> read_upload_id(std::string_view xml) {
    pugi::xml_document document;
    const pugi::xml_node root = read_root(document, xml, "InitiateMultipartUploadResult");
    std::string id = root.child_value("UploadId");
    if (id.empty()) return std::nullopt;
    return id;
}

std::optional<CompletedUpload> read_completed_upload(std::string_view xml) {
    pugi::xml_document document;
    const pugi::xml_node root = read_root(document, xml, "CompleteMultipartUploadResult");
    if (!root) return std::nullopt;
    return CompletedUpload{unquoted(root.child_value("ETag")), root.child_value("ChecksumCRC32C")};
}

std::optional<ObjectStore::ListPage> read_list_page(std::string_view xml) {
    pugi::xml_document document;
    const pugi::xml_node root = read_root(document, xml, "ListBucketResult");
    if (!root) return std::nullopt;
    ObjectStore::ListPage page;
    const bool encoded = std::string_view{root.child_value("EncodingType")} == "url";
    for (const pugi::xml_node item : root.children("Contents")) {
        const std::string key = item.child_value("Key");
        page.objects.push_back(
            {encoded ? percent_decode(key).value_or(key) : key, number_of(item.child_value("Size"))});
    }
    if (root.child("IsTruncated").text().as_bool()) page.next = root.child_value("NextContinuationToken");
    return page;
}

std::string write_parts(const std::vector<ObjectStore::Part>& parts) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("CompleteMultipartUpload");
    root.append_attribute("xmlns") = "http://s3.amazonaws.com/doc/2006-03-01/";
    for (const ObjectStore::Part& part : parts) {
        pugi::xml_node node = root.append_child("Part");
        add(node, "ChecksumCRC32C", part.crc32c);
        add(node, "ETag", "\"" + part.etag + "\"");
        add(node, "PartNumber", std::to_string(part.number));
    }
    std::ostringstream text;
    document.save(text, "", pugi::format_raw | pugi::format_no_declaration);
    return text.str();
}

}  // namespace strongroom::object_store
