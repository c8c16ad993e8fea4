// Files that are written whole or not at all.

#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/os/replace_file.hpp>

#include "uploads.hpp"
#include "wrong.hpp"

using genai::detail::FileReplacement;
using support::Folder;

TEST_CASE("a file is replaced when all is written, and stays when it is not") {
    const Folder folder;
    const auto path = folder.write("a.txt", "before");
    {
        FileReplacement file(path, "to");
        file.write("half");
        CHECK(Folder::read(path) == "before");
    }
    CHECK(Folder::read(path) == "before");
    FileReplacement file(path, "to");
    file.write("all of ");
    file.write("it");
    file.commit();
    CHECK(Folder::read(path) == "all of it");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);  // no part is left
}

TEST_CASE("a place that cannot be written to is refused by its parameter's name") {
    const Folder folder;
    CHECK(support::wrong([&] { FileReplacement(folder.path, "to"); }) == "to");
    CHECK(support::wrong([] { FileReplacement("/no/such/folder/file", "to"); }) == "to");
}

TEST_CASE("what is replaced keeps its permissions, links stay, and devices are written to as they are") {
    namespace fs = std::filesystem;
    const Folder folder;
    const auto replace = [](const fs::path& path, const char* text) {
        FileReplacement file(path, "to");
        file.write(text);
        file.commit();
    };
    const auto target = folder.write("target", "old");
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    const auto before = fs::status(target).permissions();
    std::error_code none;
    fs::create_symlink("target", folder.path / "link", none);
    if (none) SKIP("there are no symbolic links here: " << none.message());
    fs::create_symlink("link", folder.path / "second");
    replace(folder.path / "second", "new");
    CHECK(fs::is_symlink(folder.path / "second"));
    CHECK(fs::is_symlink(folder.path / "link"));
    CHECK(Folder::read(target) == "new");
    CHECK(fs::status(target).permissions() == before);
    fs::create_symlink("not-yet", folder.path / "dangling");
    replace(folder.path / "dangling", "made");
    CHECK(Folder::read(folder.path / "not-yet") == "made");
    replace(folder.path / std::string(255, 'n'), "long");  // NAME_MAX
    CHECK(Folder::read(folder.path / std::string(255, 'n')) == "long");
    replace("/dev/null", "nothing");
    CHECK(fs::is_character_file("/dev/null"));
}
