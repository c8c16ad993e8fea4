// genai_conformance --base-url URL [--ca-file FILE] < cases > answers
//
// Reads a case a line, makes its call through the public API, prints an answer a line. Any recording server
// can hold the library against any cases with it.

#include <exception>
#include <iostream>
#include <string>

#include <genai/genai.hpp>
#include <genai/openai.hpp>

#include "calls.hpp"
#include "litellm_case.hpp"
#include "quirks.hpp"
#include "registry.hpp"

namespace {

using conformance::Tree;

Tree about_types(const std::string& method, const Tree& params) {
    const std::string name = params.value("type", "");
    const conformance::TypeInfo* type = conformance::find_type(name);
    if (type == nullptr) throw conformance::Unsupported("no such type: " + name);
    if (method == "types.fields") return type->fields();
    return Tree::parse(type->round_trip(params.at("value").dump()));
}

Tree error(const std::exception& problem) {
    return {{"type", conformance::error_type(problem)}, {"message", problem.what()}};
}

/// A call to a server that speaks OpenAI's chat completions.
Tree openai_call(const Tree& openai, const std::string& method, const Tree& params) {
    genai::ClientOptions options{.api_key = "test-key"};
    options.http_options.base_url = openai.at("baseUrl").get<std::string>();
    options.http_options.retry.attempts = 1;
    const conformance::Client client(options, genai::openai::Transport(conformance::quirks_of(openai)));
    return conformance::call(client, method, params);
}

Tree answer(const conformance::Client& client, const std::string& line) {
    Tree reply{{"id", nullptr}};
    try {
        const Tree one = Tree::parse(line);
        reply["id"] = one.value("id", Tree());
        const std::string method = one.at("method").get<std::string>();
        if (method == "openai.case") {
            reply.update(conformance::carry_out_litellm_case(one));
            return reply;
        }
        const Tree params = one.contains("params") ? one["params"] : Tree::object();
        reply["result"] = method.starts_with("types.") ? about_types(method, params)
                          : one.contains("openai")     ? openai_call(one.at("openai"), method, params)
                                                       : conformance::call(client, method, params);
    } catch (const conformance::BrokenStream& broken) {
        try {
            std::rethrow_exception(broken.cause);
        } catch (const std::exception& problem) {
            reply["error"] = error(problem);
        }
        reply["partial"] = broken.partial;
    } catch (const std::exception& problem) {
        reply["error"] = error(problem);
    }
    return reply;
}

}  // namespace

int main(int argc, char** argv) {
    genai::ClientOptions options{.api_key = "test-key"};
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        if (name == "--base-url") options.http_options.base_url = argv[i + 1];
        else if (name == "--ca-file") options.tls.ca_file = argv[i + 1];
    }
    if (!options.http_options.base_url) {
        std::cerr << "usage: genai_conformance --base-url URL [--ca-file FILE] < cases > answers\n";
        return 2;
    }
    try {
        const conformance::Client client(options);
        for (std::string line; std::getline(std::cin, line);)
            if (!line.empty())
                std::cout << answer(client, line).dump(-1, ' ', false, Tree::error_handler_t::replace)
                          << std::endl;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
