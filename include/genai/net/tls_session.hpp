#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/net/openssl.hpp>
#include <genai/error.hpp>
#include <genai/net/tcp_stream.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What all TLS sessions of a transport share.
class TlsContext {
public:
    /// Takes over a reference to the store.
    explicit TlsContext(X509_STORE* store) : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_cert_store(context_.get(), store);
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
        SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                             SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    }
    SSL_CTX* get() const noexcept { return context_.get(); }

private:
    struct Free {
        void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Free> context_;
};

/// A client's TLS session, without a socket: what is to be sent is taken from it, what has come is put into
/// it. So it never waits, raises no SIGPIPE, and can be dropped in a forked process without a word to the
/// peer.
class TlsSession {
public:
    /// Numeric: whether the host is an IP address, which is verified as one and not sent as a name.
    TlsSession(const TlsContext& context, const std::string& host, bool numeric)
        : session_(SSL_new(context.get())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
        BIO_set_mem_eof_return(in_, -1);  // an empty buffer is no end
        SSL_set_bio(session_.get(), in_, out_);
        SSL_set_connect_state(session_.get());
        if (numeric) {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session_.get()), host.c_str());
        } else {
            SSL_ctrl(session_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                     const_cast<char*>(host.c_str()));  // what SSL_set_tlsext_host_name casts in C's way
            SSL_set1_host(session_.get(), host.c_str());
        }
    }

    /// Goes on with the handshake; whether it is complete. Throws TransportError.
    bool handshake() {
        ERR_clear_error();
        const int result = SSL_do_handshake(session_.get());
        if (result == 1) return true;
        if (wants_more(result)) return false;
        const long verdict = SSL_get_verify_result(session_.get());
        if (verdict != X509_V_OK) throw certificate_error(verdict);
        throw broken(first_words());
    }
    /// What the handshake ended with when the peer closed the connection in it.
    TransportError closed_in_handshake() const { return broken({}); }

    Transferred read(std::span<char> buffer) {
        ERR_clear_error();
        std::size_t count = 0;
        const int result = SSL_read_ex(session_.get(), buffer.data(), buffer.size(), &count);
        if (result == 1) return {Transferred::State::some, count};
        if (wants_more(result)) return {Transferred::State::none, 0};
        const bool in_order = SSL_get_error(session_.get(), result) == SSL_ERROR_ZERO_RETURN;
        ERR_clear_error();
        return {in_order ? Transferred::State::closed : Transferred::State::broken, 0};
    }
    /// Encrypts, up to one record's worth.
    Transferred write(std::string_view data) {
        ERR_clear_error();
        std::size_t count = 0;
        constexpr std::size_t record = 16'384;
        const int result = SSL_write_ex(session_.get(), data.data(), (std::min)(data.size(), record), &count);
        if (result == 1) return {Transferred::State::some, count};
        const bool more = wants_more(result);
        ERR_clear_error();
        return {more ? Transferred::State::none : Transferred::State::broken, 0};
    }

    /// Gives the session what has come from the peer.
    void put(std::string_view received) {
        BIO_write(in_, received.data(), static_cast<int>(received.size()));
        if (begin_.size() < 5) begin_.append(received.substr(0, 5 - begin_.size()));
    }
    /// What is to be sent to the peer, valid until the session is used again.
    std::string_view to_send() const {
        char* data = nullptr;
        const long size = BIO_get_mem_data(out_, &data);
        return {data, size > 0 ? static_cast<std::size_t>(size) : 0};
    }
    /// Drops what was sent.
    void sent(std::size_t count) {
        char dropped[4096];
        while (count > 0) {
            const int got = BIO_read(out_, dropped, static_cast<int>((std::min)(count, sizeof dropped)));
            if (got <= 0) return;
            count -= static_cast<std::size_t>(got);
        }
    }

private:
    struct Free {
        void operator()(SSL* session) const noexcept { SSL_free(session); }
    };

    bool wants_more(int result) const noexcept {
        const int error = SSL_get_error(session_.get(), result);
        return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
    }

    static TransportError certificate_error(long verdict) {
        ERR_clear_error();
        if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
            return {TransportError::Phase::tls, TransportError::Reason::certificate,
                    "the server's certificate is for another name"};
        return {TransportError::Phase::tls, TransportError::Reason::certificate,
                std::string("the server's certificate is not trusted (") +
                    X509_verify_cert_error_string(verdict) + "): set tls.ca_file to its authority's"};
    }
    static TransportError broken(const std::string& detail) {
        ERR_clear_error();
        return {TransportError::Phase::tls, TransportError::Reason::protocol,
                "the TLS handshake failed" + detail + ": does this port speak TLS?"};
    }
    /// What a server that does not speak TLS said, or OpenSSL's reason.
    std::string first_words() const {
        if (begin_ == "HTTP/") return " because the server answered in plain HTTP";
        const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
        return reason == nullptr ? "" : std::string(" (") + reason + ')';
    }

    std::unique_ptr<SSL, Free> session_;
    BIO* in_;   // owned by the session
    BIO* out_;  // as well
    std::string begin_{};
};

}  // namespace genai::inline GENAI_ABI::detail
