# libsheaf, shared and static, from the objects of all layers; and what others need to use it.
set(objects)
foreach(layer IN LISTS SHEAF_LAYERS)
	list(APPEND objects $<TARGET_OBJECTS:sheaf_${layer}>)
endforeach()
list(REMOVE_DUPLICATES SHEAF_LAYER_LIBS)

add_library(sheaf_shared SHARED ${objects})
set_target_properties(sheaf_shared PROPERTIES
	OUTPUT_NAME sheaf VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} EXPORT_NAME sheaf)
add_library(sheaf_static STATIC ${objects})
set_target_properties(sheaf_static PROPERTIES OUTPUT_NAME sheaf)
foreach(target sheaf_shared sheaf_static)
	target_link_libraries(${target} PRIVATE ${SHEAF_LAYER_LIBS} m)
	target_include_directories(${target} INTERFACE
		$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
target_link_options(sheaf_shared PRIVATE -Wl,--as-needed)
# Clang leaves the sanitizers' functions to the program.
if(NOT SHEAF_SANITIZE)
	target_link_options(sheaf_shared PRIVATE -Wl,--no-undefined)
endif()
add_library(sheaf::sheaf ALIAS sheaf_shared)

install(TARGETS sheaf_shared EXPORT sheaf LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS sheaf_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/sheaf DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT sheaf NAMESPACE sheaf:: FILE sheaf-targets.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sheaf)

include(CMakePackageConfigHelpers)
configure_package_config_file(cmake/sheaf-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/sheaf-config.cmake
	INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sheaf)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/sheaf-config-version.cmake
	COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sheaf-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/sheaf-config-version.cmake
	DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/sheaf)
# Relative to the .pc file, so that an installed tree may be moved, or installed with another --prefix.
file(RELATIVE_PATH SHEAF_PC_ROOT /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
list(TRANSFORM CMAKE_DL_LIBS PREPEND -l OUTPUT_VARIABLE SHEAF_PC_DL)
configure_file(cmake/sheaf.pc.in ${CMAKE_CURRENT_BINARY_DIR}/sheaf.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sheaf.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
