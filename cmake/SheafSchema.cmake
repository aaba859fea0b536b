# Turns schema/NNNN-*.sql into a table of strings, in the order of their numbers.
function(sheaf_embed_schema folder out)
	file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
	list(SORT files)
	set(source ${CMAKE_CURRENT_BINARY_DIR}/generated/schema_text.c)
	string(REPLACE ";" "|" joined "${files}")
	add_custom_command(OUTPUT ${source}
		COMMAND ${CMAKE_COMMAND} -DFILES=${joined} -DOUT=${source}
			-P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedSchema.cmake
		DEPENDS ${files} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedSchema.cmake
		COMMENT "Embedding the schema" VERBATIM)
	set(${out} ${source} PARENT_SCOPE)
endfunction()
