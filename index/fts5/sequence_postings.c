#include "sequence_postings.h"

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "positions.h"
#include "segment_stream.h"
#include "sequence_places.h"
#include "shadow.h"

/* A word of a sequence: its tokens in all segments. */
typedef struct word_walk {
	segment_stream *streams;
	size_t          count;
	int64_t         row;    /* the earliest at hand; SEGMENT_STREAM_END: none is left */
	place_list      places; /* in the row at hand */
} word_walk;

/* Words that must all be there: one phrase, or some near each other. */
typedef struct sequence_walk {
	sheaf_database      *db;
	const leaf_sequence *sequence;
	found_gathering     *found;
	sheaf_error         *err;
	word_walk           *words; /* in the order of the text */
	word_walk          **order; /* the rarest first */
	size_t               word_count;
	near_part           *parts;
	const leaf_phrase   *phrases;
	size_t               part_count;
	place_list           more;
} sequence_walk;

static sheaf_status damaged(const sequence_walk *w)
{
	return sheaf_fail(w->err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: a page of the index is damaged; run 'sheaf reindex'", w->db->path);
}

/* ---- opening ---- */

static void find_row(word_walk *word)
{
	word->row = SEGMENT_STREAM_END;
	for (size_t i = 0; i < word->count; i++)
		if (word->streams[i].row < word->row)
			word->row = word->streams[i].row;
}

/* A token in all segments; those that do not have it take no place. */
static sheaf_status add_token(sequence_walk *w, word_walk *word, const leaf_token *t)
{
	const segment_source source = shadow_source(w->db);
	const segment_range *ranges;
	size_t               segments, len;
	char                 text[TOKEN_MAX];
	sheaf_status         status = positions_segments(w->db, &ranges, &segments, w->err);

	len = positions_term(t, text);
	for (size_t i = 0; status == SHEAF_OK && len && i < segments; i++) {
		segment_stream *s = &word->streams[word->count];

		status = segment_stream_open(s, positions_finder(w->db, i), &source, &ranges[i],
		                             text, len, w->err);
		if (status == SHEAF_OK && s->row != SEGMENT_STREAM_END)
			word->count++;
		else
			segment_stream_close(s);
	}
	return status;
}

static sheaf_status open_word(sequence_walk *w, word_walk *word, const leaf_tokens *tokens)
{
	const segment_range *ranges;
	size_t               segments;
	sheaf_status         status = positions_segments(w->db, &ranges, &segments, w->err);

	if (status != SHEAF_OK)
		return status;
	word->streams = mem_calloc(tokens->count * segments + 1, sizeof *word->streams);
	if (!word->streams)
		return sheaf_nomem(w->err);
	for (size_t i = 0; status == SHEAF_OK && i < tokens->count; i++)
		status = add_token(w, word, &tokens->list[i]);
	find_row(word);
	return status;
}

static size_t bytes_of(const word_walk *word)
{
	size_t sum = 0;

	for (size_t i = 0; i < word->count; i++)
		sum += segment_stream_bytes(&word->streams[i]);
	return sum;
}

static void put_in_order(sequence_walk *w)
{
	for (size_t i = 0; i < w->word_count; i++) {
		word_walk *word = &w->words[i];
		size_t     at = i, bytes = bytes_of(word);

		for (; at && bytes_of(w->order[at - 1]) > bytes; at--)
			w->order[at] = w->order[at - 1];
		w->order[at] = word;
	}
}

static sheaf_status open_walk(sequence_walk *w)
{
	size_t       words = 0, at = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < w->part_count; i++)
		words += w->phrases[i].count;
	w->words = mem_calloc(words, sizeof *w->words);
	w->order = mem_calloc(words, sizeof *w->order);
	w->parts = mem_calloc(w->part_count, sizeof *w->parts);
	if (!w->words || !w->order || !w->parts)
		return sheaf_nomem(w->err);
	w->word_count = words;
	for (size_t i = 0; i < w->part_count; i++) {
		w->parts[i].words = w->phrases[i].count;
		for (size_t j = 0; status == SHEAF_OK && j < w->phrases[i].count; j++)
			status = open_word(w, &w->words[at++], &w->phrases[i].words[j]);
	}
	if (status == SHEAF_OK)
		put_in_order(w);
	return status;
}

static void close_walk(sequence_walk *w)
{
	for (size_t i = 0; w->words && i < w->word_count; i++) {
		for (size_t j = 0; j < w->words[i].count; j++)
			segment_stream_close(&w->words[i].streams[j]);
		mem_free(w->words[i].streams);
		place_list_free(&w->words[i].places);
	}
	for (size_t i = 0; w->parts && i < w->part_count; i++)
		place_list_free(&w->parts[i].starts);
	place_list_free(&w->more);
	mem_free(w->words);
	mem_free(w->order);
	mem_free(w->parts);
}

/* ---- a document ---- */

static sheaf_status read_stream(sequence_walk *w, segment_stream *s, place_list *into)
{
	const unsigned char *positions;
	size_t               len;
	int                  fine;
	sheaf_status         status = segment_stream_positions(s, &positions, &len, w->err);

	if (status != SHEAF_OK)
		return status;
	status = place_list_read(into, positions, len, w->sequence->column, COLUMN_COUNT, &fine,
	                         w->err);
	return status == SHEAF_OK && !fine ? damaged(w) : status;
}

/*
 * Where a word stands in the row. The mark of a document that is gone hides what older segments have of it: revisions
 * never come back.
 */
static sheaf_status read_word(sequence_walk *w, word_walk *word, int64_t row)
{
	sheaf_status status = SHEAF_OK;

	word->places.count = 0;
	for (size_t i = 0; status == SHEAF_OK && i < word->count; i++) {
		segment_stream *s = &word->streams[i];

		if (s->row != row)
			continue;
		if (segment_stream_is_mark(s)) {
			word->places.count = 0;
			return SHEAF_OK;
		}
		if (!word->places.count) {
			status = read_stream(w, s, &word->places);
			continue;
		}
		w->more.count = 0;
		status = read_stream(w, s, &w->more);
		if (status == SHEAF_OK)
			status = place_list_unite(&word->places, &w->more, w->err);
	}
	return status;
}

/* Where phrase `i` begins, whose first word is `word`: in its part. */
static sheaf_status find_phrase(sequence_walk *w, size_t i, word_walk *word, int64_t row)
{
	near_part   *part = &w->parts[i];
	place_list   spare = part->starts;
	sheaf_status status = read_word(w, word, row);

	/* The word's own list is used, and the part's next time. */
	part->starts = word->places;
	word->places = spare;
	for (size_t j = 1; status == SHEAF_OK && part->starts.count && j < part->words; j++) {
		status = read_word(w, &word[j], row);
		if (status == SHEAF_OK)
			place_list_follow(&part->starts, &word[j].places, j);
	}
	return status;
}

/* How often, by default weights; the places of the first part. */
static uint32_t weigh(const sequence_walk *w)
{
	const place_list *starts = &w->parts[0].starts;
	uint32_t          sum = 0;

	for (size_t i = 0; i < starts->count; i++)
		sum += starts->items[i] >> PLACE_SHIFT == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1;
	return sum;
}

/* All words are in the row. */
static sheaf_status try_row(sequence_walk *w, int64_t row)
{
	word_walk   *word = w->words;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < w->part_count; word += w->parts[i++].words) {
		status = find_phrase(w, i, word, row);
		if (status != SHEAF_OK || !w->parts[i].starts.count)
			return status;
	}
	if (w->part_count > 1)
		near_keep(w->parts, w->part_count, w->sequence->distance);
	if (w->sequence->window && w->parts[0].starts.count)
		near_keep_ordered(w->parts, w->part_count, w->sequence->window);
	return found_add(w->found, row, weigh(w), w->err);
}

/* ---- all of them ---- */

static sheaf_status seek_word(sequence_walk *w, word_walk *word, int64_t row)
{
	sheaf_status status = SHEAF_OK;

	if (word->row >= row)
		return SHEAF_OK;
	if (word->count == 1) {
		status = segment_stream_seek_far(word->streams, row, w->err);
		word->row = word->streams->row;
		return status;
	}
	for (size_t i = 0; status == SHEAF_OK && i < word->count; i++)
		status = segment_stream_seek(&word->streams[i], row, w->err);
	find_row(word);
	return status;
}

/* *row moves on to the first that has all words. */
static sheaf_status find_all(sequence_walk *w, int64_t *row)
{
	size_t       i = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && i < w->word_count && *row <= w->found->last) {
		word_walk *word = w->order[i];

		status = seek_word(w, word, *row);
		if (word->row > *row) {
			*row = word->row;
			/* The one that moved stands there already. */
			i = i ? 0 : 1;
		} else {
			i++;
		}
	}
	return status;
}

static sheaf_status walk_all(sequence_walk *w)
{
	int64_t      row = w->found->first;
	sheaf_status status = find_all(w, &row);

	while (status == SHEAF_OK && row <= w->found->last) {
		status = try_row(w, row++);
		if (status == SHEAF_OK)
			status = find_all(w, &row);
	}
	return status;
}

static sheaf_status gather(sequence_walk *w, const leaf_phrase *phrases, size_t count)
{
	sheaf_status status;

	w->phrases = phrases;
	w->part_count = count;
	status = open_walk(w);
	if (status == SHEAF_OK)
		status = walk_all(w);
	close_walk(w);
	*w = (sequence_walk){
		.db = w->db, .sequence = w->sequence, .found = w->found, .err = w->err};
	return status;
}

sheaf_status sequence_postings_find(sheaf_database *db, int64_t first, int64_t last,
                                    const leaf_sequence *sequence, found_postings *found,
                                    sheaf_error *err)
{
	found_gathering gathering;
	sequence_walk   w = {.db = db, .sequence = sequence, .found = &gathering, .err = err};
	sheaf_status    status = SHEAF_OK;

	*found = (found_postings){0};
	found_begin(&gathering, first, last);
	if ((uint64_t)last - (uint64_t)first > UINT32_MAX)
		status = damaged(&w);
	else if (sequence->near)
		status = gather(&w, sequence->phrases, sequence->count);
	for (size_t i = 0; !sequence->near && status == SHEAF_OK && i < sequence->count; i++)
		status = gather(&w, &sequence->phrases[i], 1);
	statement_reset(db->statements[STMT_INDEX_PAGE]);
	if (status == SHEAF_OK)
		status = found_take(&gathering, found, err);
	found_end(&gathering);
	return status;
}
