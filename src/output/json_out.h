/* json_out.h: values and objects for the formats that are JSON. */
#ifndef JSON_OUT_H
#define JSON_OUT_H

#include <jansson.h>

#include "writer_private.h"

/*
 * All answer NULL only when out of memory; json_object_set_new() and its like take that
 * NULL and fail, so that one check at the end is enough.
 */

/* The text as it is; null for NULL and "". */
json_t *json_text(const char *text);
/* The text trimmed, each line break a blank; null where nothing is left. Uses w->flat. */
json_t *json_line(sheaf_writer *w, const char *text);
/* `YYYY-MM-DDTHH:MM:SSZ`; null for SHEAF_TIME_NONE. */
json_t *json_time(sheaf_time time);
/* null for what is no number. */
json_t *json_number(double number);

/* Appends the value in its compact form and gives it back. NULL is a failure of the writer. */
void json_put(sheaf_writer *w, json_t *value);
/* The same with as many digits as `number`, the only real number in it, needs. */
void json_put_exact(sheaf_writer *w, json_t *value, double number);

#endif
