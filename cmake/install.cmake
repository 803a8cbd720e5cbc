# Install rules: the headers, a CMake package and a pkg-config file, all relocatable.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/actfn)
set(pkgconfig_dir ${CMAKE_INSTALL_DATADIR}/pkgconfig)

install(TARGETS actfn EXPORT actfn
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILE_SET parallel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# actfn::dispatch is compiled where it is used.
install(DIRECTORY include/actfn/dispatch DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/actfn FILES_MATCHING PATTERN *.cpp)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/dispatch.cmake DESTINATION ${package_dir} RENAME actfnDispatch.cmake)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/parallel.cmake DESTINATION ${package_dir} RENAME actfnParallel.cmake)
install(EXPORT actfn NAMESPACE actfn:: FILE actfnTargets.cmake DESTINATION ${package_dir})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/actfnConfig.cmake.in ${PROJECT_BINARY_DIR}/actfnConfig.cmake
    INSTALL_DESTINATION ${package_dir}
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/actfnConfigVersion.cmake
    COMPATIBILITY SameMajorVersion
    ARCH_INDEPENDENT)

# ${pcfiledir} is where pkg-config found the file, so the prefix follows when the installation is moved.
set(pc_prefix ${CMAKE_INSTALL_PREFIX})
set(pc_includedir ${CMAKE_INSTALL_FULL_INCLUDEDIR})
if(NOT IS_ABSOLUTE ${pkgconfig_dir} AND NOT IS_ABSOLUTE ${CMAKE_INSTALL_INCLUDEDIR})
    file(RELATIVE_PATH up /${pkgconfig_dir} /)
    string(REGEX REPLACE "/$" "" up ${up})
    set(pc_prefix "\${pcfiledir}/${up}")
    set(pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/actfn.pc.in ${PROJECT_BINARY_DIR}/actfn.pc @ONLY)

install(FILES ${PROJECT_BINARY_DIR}/actfnConfig.cmake ${PROJECT_BINARY_DIR}/actfnConfigVersion.cmake
    DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/actfn.pc DESTINATION ${pkgconfig_dir})
