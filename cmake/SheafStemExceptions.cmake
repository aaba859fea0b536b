# Turns the file of stemming exceptions into sorted tables.
function(sheaf_embed_stem_exceptions file out)
	set(source ${CMAKE_CURRENT_BINARY_DIR}/generated/stem_exceptions_text.c)
	add_custom_command(OUTPUT ${source}
		COMMAND ${CMAKE_COMMAND} -DFILE=${file} -DOUT=${source}
			-P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedStemExceptions.cmake
		DEPENDS ${file} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedStemExceptions.cmake
		COMMENT "Embedding the stemming exceptions" VERBATIM)
	set(${out} ${source} PARENT_SCOPE)
endfunction()
