# Libraries, each as SHEAF_<NAME>_LIBS and SHEAF_<NAME>_DIRS; docs/ARCHITECTURE.md says what each is for.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

macro(sheaf_pkg name module)
	pkg_check_modules(SHEAF_PC_${name} REQUIRED IMPORTED_TARGET ${module})
	set(SHEAF_${name}_TARGET PkgConfig::SHEAF_PC_${name})
endmacro()

sheaf_pkg(SQLITE "sqlite3>=3.38")
sheaf_pkg(CURL libcurl)
sheaf_pkg(XML2 libxml-2.0)
sheaf_pkg(JANSSON jansson)
sheaf_pkg(ARCHIVE libarchive)
sheaf_pkg(YAML yaml-0.1)
sheaf_pkg(UTF8PROC libutf8proc)
set(SHEAF_THREADS_TARGET Threads::Threads)
add_library(sheaf_dl_library INTERFACE IMPORTED)
target_link_libraries(sheaf_dl_library INTERFACE ${CMAKE_DL_LIBS})
set(SHEAF_DL_TARGET sheaf_dl_library)

# SHEAF_<NAME>_FILE: the name under which a library is loaded at run time, "libcurl.so.4". A program that links the
# library would note the same name.
function(sheaf_loaded_file name)
	list(GET SHEAF_PC_${name}_LINK_LIBRARIES 0 path)
	execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${path} OUTPUT_VARIABLE headers ERROR_QUIET)
	if(NOT headers MATCHES "SONAME +([^ \n]+)")
		message(FATAL_ERROR "${path} is no shared library, so it could not be loaded at run time")
	endif()
	set(SHEAF_${name}_FILE ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()
sheaf_loaded_file(CURL)
sheaf_loaded_file(XML2)
sheaf_loaded_file(ARCHIVE)

# Snowball ships no pkg-config file.
find_path(SHEAF_STEMMER_INCLUDE libstemmer.h REQUIRED)
find_library(SHEAF_STEMMER_LIBRARY stemmer REQUIRED)
add_library(sheaf_stemmer_library UNKNOWN IMPORTED)
set_target_properties(sheaf_stemmer_library PROPERTIES
	IMPORTED_LOCATION ${SHEAF_STEMMER_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${SHEAF_STEMMER_INCLUDE})
set(SHEAF_STEMMER_TARGET sheaf_stemmer_library)

# libstemmer has no call that tells its version; the package knows it.
execute_process(COMMAND dpkg-query -W -f "\${Version}" libstemmer0d
	OUTPUT_VARIABLE SHEAF_STEMMER_VERSION ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT SHEAF_STEMMER_VERSION)
	set(SHEAF_STEMMER_VERSION "unknown version")
endif()
