include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/genai)
# Templates need the private headers too; they are a component of their own for those who look for the API.
install(
    TARGETS genai
    EXPORT genai-targets
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT genai_public_headers
    FILE_SET private_headers DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT genai_private_headers)
if(GENAI_BUILD_EMULATOR)  # where it was built: headers alone need no build
    install(TARGETS genai_emulator RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} OPTIONAL)
endif()
install(EXPORT genai-targets NAMESPACE genai:: DESTINATION ${package_dir})
configure_package_config_file(cmake/genai-config.cmake.in ${PROJECT_BINARY_DIR}/genai-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/genai-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/genai-config.cmake ${PROJECT_BINARY_DIR}/genai-config-version.cmake cmake/compiled_targets.cmake cmake/compiled.cpp cmake/compiled_transport.cpp cmake/compiled_openai.cpp cmake/compiled_cost.cpp
              cmake/compiled_emulator.cpp
        DESTINATION ${package_dir})
