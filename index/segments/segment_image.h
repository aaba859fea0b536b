/* segment_image.h: a finished segment in memory, on its way from the thread that made it to the database. */
#ifndef SEGMENT_IMAGE_H
#define SEGMENT_IMAGE_H

#include "segment_writer.h"

typedef struct segment_image segment_image;

sheaf_status segment_image_new(segment_image **out, sheaf_error *err);
void         segment_image_free(segment_image *image);
void         segment_image_clear(segment_image *image); /* keeps its memory */
/* What to give to segment_writer_new() so that all goes into `image`. */
segment_sink segment_image_sink(segment_image *image);
/* Gives everything to another sink, in the order it came: pages first, then index rows. */
sheaf_status segment_image_replay(const segment_image *image, const segment_sink *sink,
                                  sheaf_error *err);

#endif
