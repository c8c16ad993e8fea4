#pragma once

#include <genai/http/message.hpp>

namespace genai::inline v0::http {

/// What carries requests. `send` blocks; it gives the answer's head and then its body to the sink, in order, from the
/// calling thread, and returns when the body has ended or the sink has said stop. Any status is an answer; redirects
/// are not followed. It throws TransportError when there is no complete answer, Cancelled when `request.stop` was
/// triggered, and lets through what the sink or the body's source throws. It may be called from many threads at once.
template <class T>
concept Transport = requires(T& transport, const Request& request, Sink& sink) { transport.send(request, sink); };

}  // namespace genai::inline v0::http
