# sheaf_layer(NAME FOLDER SEES layer... LIBS name... LOADS name...)
#
# One OBJECT library a layer. It is given the include folders of the layers it may
# use and of its own libraries, so that a wrong include does not compile. What it
# LOADS it opens itself, when first needed, under the name SHEAF_<NAME>_FILE.
set(SHEAF_LAYERS "" CACHE INTERNAL "")
set(SHEAF_LAYER_LIBS "" CACHE INTERNAL "")

function(sheaf_layer name folder)
	cmake_parse_arguments(arg "" "" "SEES;LIBS;LOADS" ${ARGN})
	file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.c)
	set(SHEAF_${name}_FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/${folder} CACHE INTERNAL "")
	if(name STREQUAL "index")
		include(SheafSchema)
		sheaf_embed_schema(${CMAKE_CURRENT_SOURCE_DIR}/index/schema generated)
		include(SheafStemExceptions)
		sheaf_embed_stem_exceptions(${CMAKE_CURRENT_SOURCE_DIR}/index/stem_exceptions.txt exceptions)
		list(APPEND sources ${generated} ${exceptions})
	endif()
	if(NOT sources)
		return()
	endif()
	add_library(sheaf_${name} OBJECT ${sources})
	target_include_directories(sheaf_${name} PRIVATE
		${CMAKE_CURRENT_SOURCE_DIR}/include ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
	foreach(seen IN LISTS arg_SEES)
		target_include_directories(sheaf_${name} PRIVATE ${SHEAF_${seen}_FOLDER})
	endforeach()
	target_compile_definitions(sheaf_${name} PRIVATE
		SHEAF_VERSION="${PROJECT_VERSION}" SHEAF_STEMMER_VERSION="${SHEAF_STEMMER_VERSION}")
	foreach(lib IN LISTS arg_LIBS arg_LOADS)
		# Headers only; the library is linked once, where the objects come together.
		target_include_directories(sheaf_${name} SYSTEM PRIVATE
			$<TARGET_PROPERTY:${SHEAF_${lib}_TARGET},INTERFACE_INCLUDE_DIRECTORIES>)
	endforeach()
	foreach(lib IN LISTS arg_LOADS)
		target_compile_definitions(sheaf_${name} PRIVATE SHEAF_${lib}_FILE="${SHEAF_${lib}_FILE}")
	endforeach()
	set(SHEAF_LAYERS ${SHEAF_LAYERS} ${name} CACHE INTERNAL "")
	set(libs ${SHEAF_LAYER_LIBS})
	foreach(lib IN LISTS arg_LIBS)
		list(APPEND libs ${SHEAF_${lib}_TARGET})
	endforeach()
	set(SHEAF_LAYER_LIBS ${libs} CACHE INTERNAL "")
endfunction()
