/*
 * batch_image.h: the pieces of the index that a batch becomes, made ahead: while its documents are still being stored, on
 * another thread, for the revisions that they are likely to get.
 */
#ifndef BATCH_IMAGE_H
#define BATCH_IMAGE_H

#include "inverter.h"
#include "ranking_write.h"
#include "segment_image.h"

typedef struct batch_image { /* all-zero: nothing was made */
	segment_image *segment;
	ranking_image *lists;
	int64_t *revisions; /* the ones foretold, of all documents; the inverter borrows them */
	size_t   documents;
	size_t   page_size;
	int64_t  last_page; /* of the segment */
	int      ready;     /* 1: all of it is there */
} batch_image;

/*
 * Makes it for revisions from `first` on, one a document. Sorts the inverter, which is to be sorted again where
 * the image is not used. On failure it is as good as none.
 */
sheaf_status batch_image_make(batch_image *image, const tokens_config *config, inverter *v,
                              const uint32_t *lengths, int64_t first, size_t page_size,
                              sheaf_error *err);
/* 1 where these are the revisions and pages that it was made for. */
int  batch_image_fits(const batch_image *image, const int64_t *revisions, size_t count,
                      size_t page_size);
void batch_image_clear(batch_image *image); /* frees what it holds */

#endif
