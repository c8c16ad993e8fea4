// Files that are written whole or not at all.

#include <filesystem>
#include <iterator>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/os/replace_file.hpp>

#include "uploads.hpp"
#include "wrong.hpp"

using genai::detail::ReplaceFile;
using support::Folder;

TEST_CASE("a file is replaced when all is written, and stays when it is not") {
    const Folder folder;
    const auto path = folder.write("a.txt", "before");
    {
        ReplaceFile file(path, "to");
        file.write("half");
        CHECK(Folder::read(path) == "before");
    }
    CHECK(Folder::read(path) == "before");
    ReplaceFile file(path, "to");
    file.write("all of ");
    file.write("it");
    file.commit();
    CHECK(Folder::read(path) == "all of it");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);  // no part is left
}

TEST_CASE("a place that cannot be written to is refused by its parameter's name") {
    const Folder folder;
    CHECK(support::wrong([&] { ReplaceFile(folder.path, "to"); }) == "to");
    CHECK(support::wrong([] { ReplaceFile("/no/such/folder/file", "to"); }) == "to");
}
