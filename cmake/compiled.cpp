// The one translation unit of genai::compiled: the default transport, the tables of the largest types, and the calls.
#include <genai/genai.hpp>

template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentConfig>();
template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentResponse>();
template class genai::Models<genai::HttplibTransport>;
