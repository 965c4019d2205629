# SPDX-License-Identifier: BSL-1.0
# An overlay port, which builds the tree that it is in: vcpkg install attribution --overlay-ports=.packaging/vcpkg
set(VCPKG_BUILD_TYPE release)  # headers have no other
cmake_path(SET SOURCE_PATH NORMALIZE "${CURRENT_PORT_DIR}/../../..")
vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DATTRIBUTION_BUILD_TESTS=OFF
        -DATTRIBUTION_BUILD_EXAMPLES=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/attribution)
vcpkg_fixup_pkgconfig()
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
