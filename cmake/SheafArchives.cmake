# Where the static forms of the libraries that every command needs are installed, the command is linked with them: each
# shared one costs the start of a process a tenth of a millisecond or more, and a search takes few. The library keeps
# the shared ones, since the program that it serves may use them, too.
option(SHEAF_STATIC_LIBS "Link the command with the static forms of SQLite, Snowball, utf8proc, libyaml and jansson" ON)
set(SHEAF_COMMAND_ARCHIVES "")
if(SHEAF_STATIC_LIBS AND NOT APPLE)
	foreach(name sqlite3 stemmer utf8proc yaml jansson)
		find_library(SHEAF_ARCHIVE_${name} lib${name}.a HINTS ${SHEAF_PC_SQLITE_LIBRARY_DIRS})
		mark_as_advanced(SHEAF_ARCHIVE_${name})
		if(SHEAF_ARCHIVE_${name})
			list(APPEND SHEAF_COMMAND_ARCHIVES ${SHEAF_ARCHIVE_${name}})
		endif()
	endforeach()
	# An archive may want libraries of its own, as a SQLite with ICU does. Then the shared forms do.
	file(WRITE ${CMAKE_BINARY_DIR}/generated/archives.c
		"int sqlite3_open(const char *, void **);\nint main(int n, char **v) { void *d; return sqlite3_open(v[n - 1], &d); }\n")
	try_compile(SHEAF_ARCHIVES_LINK ${CMAKE_BINARY_DIR}/generated/archives ${CMAKE_BINARY_DIR}/generated/archives.c
		LINK_LIBRARIES ${SHEAF_COMMAND_ARCHIVES} Threads::Threads ${CMAKE_DL_LIBS} m)
	if(NOT SHEAF_ARCHIVES_LINK)
		set(SHEAF_COMMAND_ARCHIVES "")
	endif()
endif()
