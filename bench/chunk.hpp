#pragma once

#include <string>

/// A chunk of a stream as the service sends it.
inline const std::string chunk =
    R"({"candidates": [{"content": {"parts": [{"text": " the quick brown \u003cb\u003efox\u003c/b\u003e jumps over the lazy dog, caf)"
    "\xC3\xA9"
    R"( and all"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 1024,"candidatesTokenCount": 120,"totalTokenCount": 1144,)"
    R"("promptTokensDetails": [{"modality": "TEXT","tokenCount": 1024}],"thoughtsTokenCount": 12},"modelVersion": "gemini-2.5-flash","responseId": "kQ4XaZqLN5mp1PIPsYmHwAU"})";
