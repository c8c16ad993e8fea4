// Errors by class, by kind, and what copies of them do.

#include <string>
#include <type_traits>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using genai::testing::ScriptedTransport;
using Script = ScriptedTransport;
using Reply = ScriptedTransport::Reply;

template <class E>
inline constexpr bool copies_quietly = std::is_nothrow_copy_constructible_v<E>;
static_assert(copies_quietly<Error> && copies_quietly<InvalidArgument> && copies_quietly<DecodeError> &&
              copies_quietly<ValidationError> && copies_quietly<ApiError> && copies_quietly<RateLimitError> &&
              copies_quietly<TransportError> && copies_quietly<TimeoutError> && copies_quietly<MissingValue>);

namespace {

/// A call that gets this answer, and is not retried.
GenerateContentResponse call(const Reply& reply) {
    Client client({.api_key = "secret", .http_options = {.retry = {.attempts = 1}}},
                  ScriptedTransport({reply}));
    return client.models.generate_content("m", "hi");
}

Reply refusal(int status, const std::string& body = "{}") { return Script::json(body, status); }

/// Whether a call fails with an `E` of that kind, which the old classes catch too.
template <class E, class Base>
bool fails_with(const Reply& reply, ErrorKind kind) {
    static_assert(std::derived_from<E, Base>);
    try {
        call(reply);
    } catch (const E& error) {
        return error.kind() == kind && error.attempts() == 1 && error.attempt_errors().size() == 1;
    } catch (...) {
    }
    return false;
}

}  // namespace

TEST_CASE("statuses have classes and kinds") {
    CHECK(fails_with<BadRequestError, ClientError>(refusal(400), ErrorKind::bad_request));
    CHECK(fails_with<AuthenticationError, ClientError>(refusal(401), ErrorKind::authentication));
    CHECK(fails_with<PermissionDeniedError, ClientError>(refusal(403), ErrorKind::permission_denied));
    CHECK(fails_with<NotFoundError, ClientError>(refusal(404), ErrorKind::not_found));
    CHECK(fails_with<ConflictError, ClientError>(refusal(409), ErrorKind::conflict));
    CHECK(fails_with<RateLimitError, ClientError>(refusal(429), ErrorKind::rate_limit));
    CHECK(fails_with<ClientError, ApiError>(refusal(418), ErrorKind::client));
    CHECK(fails_with<InternalServerError, ServerError>(refusal(500), ErrorKind::internal_server));
    CHECK(fails_with<ServiceUnavailableError, ServerError>(refusal(503), ErrorKind::unavailable));
    CHECK(fails_with<GatewayTimeoutError, ServerError>(refusal(504), ErrorKind::gateway_timeout));
    CHECK(fails_with<ServerError, ApiError>(refusal(599), ErrorKind::server));
    CHECK(fails_with<ApiError, Error>(refusal(302), ErrorKind::api));
}

TEST_CASE("an invalid key is an AuthenticationError, whatever its status") {
    const char* const google =
        R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT",)"
        R"("details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})";
    CHECK(fails_with<AuthenticationError, ClientError>(refusal(400, google), ErrorKind::authentication));
    CHECK(fails_with<AuthenticationError, ClientError>(
        refusal(400, R"({"error":{"code":400,"message":"API key expired. Please renew the API key."}})"),
        ErrorKind::authentication));
}

TEST_CASE("network failures have classes and kinds") {
    using Phase = TransportError::Phase;
    using Reason = TransportError::Reason;
    CHECK(fails_with<TimeoutError, TransportError>(Script::fails(Phase::wait, Reason::timeout),
                                                   ErrorKind::timeout));
    CHECK(fails_with<TransportError, Error>(Script::fails(Phase::connect, Reason::refused),
                                            ErrorKind::transport));
}

TEST_CASE("a transport of one's own that throws a TransportError for a timeout is a TimeoutError too") {
    struct Slow {
        void send(const http::Request&, http::Sink&) {
            throw TransportError(TransportError::Phase::wait, TransportError::Reason::timeout, "too slow");
        }
    };
    Client client({.api_key = "key"}, Slow{});
    try {
        static_cast<void>(client.models.get("m"));
        FAIL("nothing was thrown");
    } catch (const TimeoutError& error) {
        CHECK(std::string(error.what()).find("too slow") != std::string::npos);
        CHECK(error.phase() == TransportError::Phase::wait);
        CHECK(error.attempts() >= 1);
    }
}

TEST_CASE("nothing sent is no attempt") {
    Client client({.api_key = "key"}, ScriptedTransport(std::vector<Reply>()));
    try {
        static_cast<void>(client.models.generate_content("", "hi"));
        FAIL("nothing was thrown");
    } catch (const InvalidArgument& error) {
        CHECK(error.kind() == ErrorKind::invalid_argument);
        CHECK(error.attempts() == 0);
        CHECK(error.attempt_errors().empty());
    }
}

TEST_CASE("a page in place of JSON is told with its address, its type and how it begins") {
    try {
        call(Script::json("<!DOCTYPE html>\n<title>Sign in</title>", 200, {{"Content-Type", "text/html"}}));
        FAIL("nothing was thrown");
    } catch (const DecodeError& error) {
        const std::string what = error.what();
        CHECK(what.find("https://generativelanguage.googleapis.com/v1beta/models/m:generateContent") !=
              std::string::npos);
        CHECK(what.find("text/html") != std::string::npos);
        CHECK(what.find("'<!DOCTYPE html> <title>Sign in</title>'") != std::string::npos);
        CHECK(what.find("secret") == std::string::npos);
    }
}
