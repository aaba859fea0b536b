#include "archive_library.h"

#include "lazy_library.h"

#define ROW(member) LAZY_FUNCTION(archive_library, member, archive_##member)

static const lazy_function functions[] = {
	ROW(read_new),
	ROW(read_support_filter_gzip),
	ROW(read_support_filter_zstd),
	ROW(read_support_filter_xz),
	ROW(read_support_filter_bzip2),
	ROW(read_support_format_zip),
	ROW(read_support_format_tar),
	ROW(read_support_format_empty),
	ROW(read_support_format_raw),
	ROW(read_set_read_callback),
	ROW(read_set_callback_data),
	ROW(read_set_seek_callback),
	ROW(read_open1),
	ROW(read_next_header),
	ROW(read_data_block),
	ROW(read_free),
	ROW(format),
	ROW(filter_code),
	ROW(filter_bytes),
	ROW(error_string),
	ROW(set_error),
	ROW(entry_filetype),
	ROW(entry_pathname),
};

sheaf_status archive_library_load(archive_library *archive, sheaf_error *err)
{
	static const lazy_library library = {SHEAF_ARCHIVE_FILE, "read files", functions,
	                                     sizeof functions / sizeof *functions};

	return lazy_library_load(&library, archive, err);
}
