// no matching function|no viable|could not convert
#include <genai/files.hpp>

int main() { const genai::UploadSource source(42); }
