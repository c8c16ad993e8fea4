// Resource names, before they are part of a URL.

#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/core/resource_name.hpp>
#include <genai/genai.hpp>

#include "wrong.hpp"

using genai::detail::ResourceName;
using support::wrong;

TEST_CASE("names are completed by their kind") {
    CHECK(ResourceName::model("gemini-x").full() == "models/gemini-x");
    CHECK(ResourceName::model("models/gemini-x").model_id() == "gemini-x");
    CHECK(ResourceName::model("tunedModels/t").model_id() == "tunedModels/t");
    CHECK(ResourceName::model("publishers/google/models/x").full() == "models/publishers/google/models/x");
    CHECK(ResourceName::of("caches", "c").full() == "caches/c");
    CHECK(ResourceName::of("caches", "caches/c").full() == "caches/c");
    CHECK(ResourceName::of("caches", "c").model_id().empty());
    CHECK(ResourceName::any("models/veo/operations/1", "name").model_id() == "veo");
    CHECK(ResourceName::any("models/m:generateContent", "path").model_id() == "m");
    CHECK(ResourceName::file("https://h/v1beta/files/a:download?alt=media").full() == "files/a");
    CHECK(ResourceName::of("fileSearchStores", "s").child("documents").full() ==
          "fileSearchStores/s/documents");
    CHECK(ResourceName::document("fileSearchStores/s/documents/d", false).full() ==
          "fileSearchStores/s/documents/d");
}

TEST_CASE("names of another kind, and what would change the URL, are refused") {
    for (const char* bad :
         {"", "..", "a/../b", "/a", "a/", "a//b", "a b", "a?b", "a#b", "a%2e", "a\\b", "a\r\nb", "files/x"}) {
        INFO(bad);
        CHECK(wrong([&] { static_cast<void>(ResourceName::model(bad)); }) == "model");
    }
    CHECK(wrong([] { static_cast<void>(ResourceName::of("files", "models/x", "file")); }) == "file");
    CHECK(wrong([] { static_cast<void>(ResourceName::of("files", "files/x/y", "file")); }) == "file");
    CHECK(wrong([] { static_cast<void>(ResourceName::file("https://h/elsewhere")); }) == "file");
    CHECK(wrong([] { static_cast<void>(ResourceName::document("files/x", true)); }) == "name");
    CHECK(wrong([] { static_cast<void>(ResourceName::document("bare", false)); }) == "name");
}
