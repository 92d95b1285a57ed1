#include <gtest/gtest.h>

#include <fstream>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "shared/base/c_ptr.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/runtime/task_group.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Key = CPtr<EVP_PKEY, EVP_PKEY_free>;
using Certificate = CPtr<X509, X509_free>;
using MemoryBio = CPtr<BIO, BIO_free_all>;

/// A certificate for 127.0.0.1, signed by itself.
Certificate make_certificate(EVP_PKEY* key) {
    Certificate certificate{X509_new()};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const CPtr<X509_EXTENSION, X509_EXTENSION_free> names{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1")};
    X509_add_ext(certificate.get(), names.get(), -1);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

struct TlsTest : testing::Test {
    TlsTest() {
        const Key key{EVP_EC_gen("P-256")};
        const Certificate certificate = make_certificate(key.get());
        const MemoryBio key_pem{BIO_new(BIO_s_mem())};
        const MemoryBio certificate_pem{BIO_new(BIO_s_mem())};
        PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        PEM_write_bio_X509(certificate_pem.get(), certificate.get());
        tls.use_certificate(asio::buffer(text_of(certificate_pem.get())), asio::ssl::context::pem);
        tls.use_private_key(asio::buffer(text_of(key_pem.get())), asio::ssl::context::pem);
        std::ofstream{ca_file} << text_of(certificate_pem.get());
        group.spawn(serve());
    }

    Task<> serve() {
        for (;;) {
            asio::ssl::stream<tcp::socket> stream{co_await acceptor.async_accept(asio::use_awaitable), tls};
            try {
                co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
                co_await asio::async_write(stream, asio::buffer(reply), asio::use_awaitable);
                co_await stream.async_shutdown(asio::use_awaitable);
            } catch (const boost::system::system_error& error) {
                if (error.code() == asio::error::operation_aborted) throw;
            }
        }
    }

    Result<Response> get(CurlLoopConfig config) {
        CurlLoop loop{context.get_executor(), time, std::move(config)};
        const std::string url = "https://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
        return test::run_task(context, loop.perform({.url = url}));
    }

    asio::io_context context{1};
    SystemTime time;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    TaskGroup group{context.get_executor()};
    const std::string ca_file = testing::TempDir() + "strongroom_tls_test.pem";
    const std::string reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
};

TEST_F(TlsTest, RefusesACertificateThatNobodyVouchesFor) {
    const auto response = get({});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kOutage) << describe(response.error());
}

TEST_F(TlsTest, TrustsTheAuthorityItIsGiven) {
    const auto response = get({.ca_file = ca_file});
    ASSERT_TRUE(response) << describe(response.error());
    EXPECT_EQ(response->body, "ok");
}

TEST_F(TlsTest, SaysThatTheCaFileCannotBeRead) {
    const auto response = get({.ca_file = "/nowhere/ca.pem"});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kOutage);
    EXPECT_NE(response.error().message.find("check the CA file"), std::string::npos) << response.error().message;
}

}  // namespace
}  // namespace strongroom::http
