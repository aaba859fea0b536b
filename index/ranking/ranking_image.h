/* ranking_image.h: the lists of a batch, written wherever a list writer's rows go. */
#ifndef RANKING_IMAGE_H
#define RANKING_IMAGE_H

#include "inverter.h"
#include "list_cursor.h"
#include "list_row.h"
#include "list_writer.h"
#include "tokens.h"

/*
 * Writes the lists of an inverter that is sorted, and finishes the writer. `lengths` has one of
 * each document of the batch. Uses the stemmer of `config` for words whose stem the analyser has
 * not noted.
 */
sheaf_status ranking_image_write(const tokens_config *config, const inverter *v,
                                 const uint32_t *lengths, list_writer *w, sheaf_error *err);

/*
 * A list of a run that is in memory (ranking_write.h): that at *at of row *row, both 0 to begin
 * with, which then are behind it. 0: there is none.
 */
struct ranking_image;
int ranking_image_next(const struct ranking_image *image, size_t *row, size_t *at, list_entry *e);
/* Opens it. Close the cursor, whatever the outcome. */
sheaf_status ranking_image_open(const struct ranking_image *image, const list_entry *e,
                                list_cursor *c, sheaf_error *err);

#endif
