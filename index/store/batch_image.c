#include "batch_image.h"

#include "alloc.h"
#include "error.h"

void batch_image_clear(batch_image *image)
{
	segment_image_free(image->segment);
	ranking_image_free(image->lists);
	mem_free(image->revisions);
	*image = (batch_image){0};
}

static sheaf_status foretell(batch_image *image, size_t documents, int64_t first, sheaf_error *err)
{
	image->revisions = mem_realloc_array(NULL, documents, sizeof *image->revisions);
	if (!image->revisions)
		return sheaf_nomem(err);
	for (size_t i = 0; i < documents; i++)
		image->revisions[i] = first + (int64_t)i;
	image->documents = documents;
	return SHEAF_OK;
}

static sheaf_status make_segment(batch_image *image, const inverter *v, size_t page_size,
                                 sheaf_error *err)
{
	segment_writer *w = NULL;
	sheaf_status    status = segment_image_new(&image->segment, err);

	if (status == SHEAF_OK) {
		segment_sink sink = segment_image_sink(image->segment);

		status = segment_writer_new(page_size, &sink, &w, err);
	}
	if (status == SHEAF_OK)
		status = inverter_write(v, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, &image->last_page, err);
	segment_writer_free(w);
	image->page_size = page_size;
	return status;
}

sheaf_status batch_image_make(batch_image *image, const tokens_config *config, inverter *v,
                              const uint32_t *lengths, int64_t first, size_t page_size,
                              sheaf_error *err)
{
	size_t       documents = inverter_documents(v);
	sheaf_status status;

	batch_image_clear(image);
	if (!documents)
		return SHEAF_OK;
	status = foretell(image, documents, first, err);
	if (status == SHEAF_OK)
		status = inverter_sort(v, image->revisions, err);
	if (status == SHEAF_OK)
		status = make_segment(image, v, page_size, err);
	if (status == SHEAF_OK)
		status = ranking_image_new(&image->lists, err);
	if (status == SHEAF_OK)
		status = ranking_image_fill(image->lists, config, v, image->revisions, lengths,
		                            first, first + (int64_t)documents - 1, err);
	image->ready = status == SHEAF_OK;
	return status;
}

int batch_image_fits(const batch_image *image, const int64_t *revisions, size_t count,
                     size_t page_size)
{
	if (!image->ready || image->documents != count || image->page_size != page_size)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (revisions[i] != image->revisions[i])
			return 0;
	return 1;
}
