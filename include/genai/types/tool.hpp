#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/automatic_function_calling.hpp>
#include <genai/types/schema.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Whether the model waits for a function.
struct Behavior : OpenEnum<Behavior> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"UNSPECIFIED"};    ///< blocking
    static constexpr Enumerator blocking{"BLOCKING"};          ///< waits for the answer
    static constexpr Enumerator non_blocking{"NON_BLOCKING"};  ///< goes on talking; Live API
};

/// Whether functions may, must or must not be called. https://ai.google.dev/api/caching#Mode_1
struct FunctionCallingConfigMode : OpenEnum<FunctionCallingConfigMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODE_UNSPECIFIED"};  ///< automatic
    static constexpr Enumerator auto_{"AUTO"};                    ///< the model decides
    static constexpr Enumerator any{"ANY"};                       ///< a function is called
    static constexpr Enumerator none{"NONE"};                     ///< none is called
    static constexpr Enumerator validated{"VALIDATED"};  ///< the model decides; calls fit their schema
};

/// When to search.
struct DynamicRetrievalConfigMode : OpenEnum<DynamicRetrievalConfigMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODE_UNSPECIFIED"};  ///< always
    static constexpr Enumerator dynamic{"MODE_DYNAMIC"};          ///< when the model deems it needed
};

/// What a computer-use model works on.
struct ComputerUseEnvironment : OpenEnum<ComputerUseEnvironment> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"ENVIRONMENT_UNSPECIFIED"};  ///< a browser
    static constexpr Enumerator browser{"ENVIRONMENT_BROWSER"};          ///< a browser
    static constexpr Enumerator mobile{"ENVIRONMENT_MOBILE"};            ///< a phone
    static constexpr Enumerator desktop{"ENVIRONMENT_DESKTOP"};          ///< a desktop
};

/// A kind of act that computer use asks confirmation for.
struct SafetyPolicy : OpenEnum<SafetyPolicy> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"SAFETY_POLICY_UNSPECIFIED"};          ///< not to be used
    static constexpr Enumerator financial_transactions{"FINANCIAL_TRANSACTIONS"};  ///< spending money
    static constexpr Enumerator sensitive_data_modification{
        "SENSITIVE_DATA_MODIFICATION"};                                    ///< changing sensitive data
    static constexpr Enumerator communication_tool{"COMMUNICATION_TOOL"};  ///< sending messages
    static constexpr Enumerator account_creation{"ACCOUNT_CREATION"};      ///< opening accounts
    static constexpr Enumerator data_modification{"DATA_MODIFICATION"};    ///< changing data
    static constexpr Enumerator user_consent_management{"USER_CONSENT_MANAGEMENT"};  ///< agreeing to data use
    static constexpr Enumerator legal_terms_and_agreements{
        "LEGAL_TERMS_AND_AGREEMENTS"};  ///< accepting terms
};

/// A function the model may ask for. https://ai.google.dev/api/caching#FunctionDeclaration
struct FunctionDeclaration {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Behavior behavior{};                               ///< whether the model waits; Live API
    Text description{};                ///< what it does and when to use it: the model goes by this
    Text name{};                       ///< letters, digits, `_`, `.`, `-`; at most 64
    Box<Schema> parameters{};          ///< the arguments' shape
    RawJson parameters_json_schema{};  ///< the same as JSON Schema; instead of `parameters`
    Box<Schema> response{};            ///< the result's shape
    RawJson response_json_schema{};    ///< the same as JSON Schema; instead of `response`
    Extra extra{};                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("behavior", self.behavior);
        visit("description", self.description);
        visit("name", self.name);
        visit("parameters", self.parameters);
        visit("parametersJsonSchema", self.parameters_json_schema);
        visit("response", self.response);
        visit("responseJsonSchema", self.response_json_schema);
    }
};

/// A span between two instants. https://ai.google.dev/api/caching#Interval
struct Interval {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> end_time{};               ///< its end, exclusive
    std::optional<Timestamp> start_time{};             ///< its start, inclusive
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("endTime", self.end_time);
        visit("startTime", self.start_time);
    }
};

/// Searching images. Has no settings.
struct ImageSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// Searching the web. Has no settings.
struct WebSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// What Google Search searches; the web when unset.
struct SearchTypes {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<ImageSearch> image_search{};                   ///< images
    Box<WebSearch> web_search{};                       ///< the web
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("imageSearch", self.image_search);
        visit("webSearch", self.web_search);
    }
};

/// Grounding by Google Search. https://ai.google.dev/api/caching#GoogleSearch
struct GoogleSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<SearchTypes> search_types{};                   ///< what is searched
    Box<Interval> time_range_filter{};                 ///< only results from this time
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("searchTypes", self.search_types);
        visit("timeRangeFilter", self.time_range_filter);
    }
};

/// When older models search. https://ai.google.dev/api/caching#DynamicRetrievalConfig
struct DynamicRetrievalConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<double> dynamic_threshold{};         ///< search from this score on
    DynamicRetrievalConfigMode mode{};                 ///< how it is decided
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("dynamicThreshold", self.dynamic_threshold);
        visit("mode", self.mode);
    }
};

/// Grounding by Google Search for older models. https://ai.google.dev/api/caching#GoogleSearchRetrieval
struct GoogleSearchRetrieval {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    Box<DynamicRetrievalConfig> dynamic_retrieval_config{};  ///< when to search
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("dynamicRetrievalConfig", self.dynamic_retrieval_config);
    }
};

/// Grounding by Google Maps.
struct GoogleMaps {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag enable_widget{};  ///< whether the answer carries a token for a map widget; deprecated by the API
    Extra extra{};         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("enableWidget", self.enable_widget); }
};

/// Lets the model write and run code. Has no settings. https://ai.google.dev/api/caching#CodeExecution
struct ToolCodeExecution {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// Lets the model read pages the prompt names. Has no settings.
struct UrlContext {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// Lets the model search stores of files.
struct FileSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::vector<std::string> file_search_store_names{};  ///< `fileSearchStores/…`
    Text metadata_filter{};                              ///< an AIP-160 filter over the documents' metadata
    std::optional<std::int32_t> top_k{};                 ///< most passages to retrieve
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fileSearchStoreNames", self.file_search_store_names);
        visit("metadataFilter", self.metadata_filter);
        visit("topK", self.top_k);
    }
};

/// Lets the model use a computer.
struct ComputerUse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag enable_prompt_injection_detection{};          ///< whether screens are checked for instructions
    ComputerUseEnvironment environment{};              ///< what it works on
    std::vector<std::string> excluded_predefined_functions{};  ///< acts it may not take
    std::vector<SafetyPolicy> disabled_safety_policies{};      ///< acts that need no confirmation
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enablePromptInjectionDetection", self.enable_prompt_injection_detection);
        visit("environment", self.environment);
        visit("excludedPredefinedFunctions", self.excluded_predefined_functions);
        visit("disabledSafetyPolicies", self.disabled_safety_policies);
    }
};

/// How the service reaches an MCP server.
struct StreamableHttpTransport {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Dict<std::string> headers{};                       ///< sent with every request
    std::optional<Duration> sse_read_timeout{};        ///< longest silence of its stream
    Flag terminate_on_close{};                         ///< whether the session is closed at the end
    std::optional<Duration> timeout{};                 ///< longest wait for an answer
    Text url{};                                        ///< its address
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("headers", self.headers);
        visit("sseReadTimeout", self.sse_read_timeout);
        visit("terminateOnClose", self.terminate_on_close);
        visit("timeout", self.timeout);
        visit("url", self.url);
    }
};

/// An MCP server that the service itself calls.
struct McpServer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};          ///< see NamedOnly
    Text name{};                                               ///< a name to tell it by
    Box<StreamableHttpTransport> streamable_http_transport{};  ///< how it is reached
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("streamableHttpTransport", self.streamable_http_transport);
    }
};

/// What the model may use: functions of yours, or one of the service's tools.
/// https://ai.google.dev/api/caching#Tool
struct Tool {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};          ///< see NamedOnly
    Box<GoogleMaps> google_maps{};                             ///< grounding by Google Maps
    std::vector<McpServer> mcp_servers{};                      ///< MCP servers the service calls
    Box<ToolCodeExecution> code_execution{};                   ///< running code
    Box<ComputerUse> computer_use{};                           ///< using a computer
    std::vector<FunctionDeclaration> function_declarations{};  ///< functions you answer for
    Box<GoogleSearch> google_search{};                         ///< grounding by Google Search
    Box<GoogleSearchRetrieval> google_search_retrieval{};      ///< the same for older models
    Box<UrlContext> url_context{};                             ///< reading pages
    Box<FileSearch> file_search{};                             ///< searching stores of files
    Dict<FunctionHandler> handlers{};  ///< functions that answer calls, by name; not sent
    Extra extra{};                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("googleMaps", self.google_maps);
        visit("mcpServers", self.mcp_servers);
        visit("codeExecution", self.code_execution);
        visit("computerUse", self.computer_use);
        visit("functionDeclarations", self.function_declarations);
        visit("googleSearch", self.google_search);
        visit("googleSearchRetrieval", self.google_search_retrieval);
        visit("urlContext", self.url_context);
        visit("fileSearch", self.file_search);
    }
};

/// Whether and which functions are called. https://ai.google.dev/api/caching#FunctionCallingConfig
struct FunctionCallingConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    std::vector<std::string> allowed_function_names{};  ///< only these; with `any` or `validated`
    FunctionCallingConfigMode mode{};                   ///< may, must or must not
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("allowedFunctionNames", self.allowed_function_names);
        visit("mode", self.mode);
    }
};

/// A place on earth, WGS84.
struct LatLng {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<double> latitude{};                  ///< degrees, −90 to 90
    std::optional<double> longitude{};                 ///< degrees, −180 to 180
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("latitude", self.latitude);
        visit("longitude", self.longitude);
    }
};

/// Where the user is and what they speak, for grounding.
struct RetrievalConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text language_code{};                              ///< BCP-47
    Box<LatLng> lat_lng{};                             ///< the place
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("languageCode", self.language_code);
        visit("latLng", self.lat_lng);
    }
};

/// Settings shared by the tools. https://ai.google.dev/api/caching#ToolConfig
struct ToolConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};      ///< see NamedOnly
    Box<FunctionCallingConfig> function_calling_config{};  ///< for functions
    Box<RetrievalConfig> retrieval_config{};               ///< for grounding
    Flag include_server_side_tool_invocations{};           ///< whether answers show the calls of the
                                                           ///< service's own tools
    Extra extra{};                                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("functionCallingConfig", self.function_calling_config);
        visit("retrievalConfig", self.retrieval_config);
        visit("includeServerSideToolInvocations", self.include_server_side_tool_invocations);
    }
};

}  // namespace genai::inline GENAI_ABI
