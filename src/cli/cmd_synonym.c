/* cmd_synonym.c: what `~word` in a query stands for. */
#include "command.h"
#include "error.h"
#include "file.h"
#include "str.h"
#include "verb.h"
#include "yaml_tree.h"

/* A walk over stored synonyms: prints them, or counts one of them. */
typedef struct walk {
	output     *out;
	const char *synonym; /* NULL: any */
	int64_t     found;
} walk;

static int print_one(void *ctx, const char *term, const char *synonym)
{
	walk *w = ctx;

	output_line(w->out, term);
	output_puts(w->out, "\t");
	output_line(w->out, synonym);
	output_puts(w->out, "\n");
	w->found++;
	return 0;
}

static sheaf_status run_list(session *s, sheaf_error *err)
{
	walk         w = {.out = s->out};
	const char  *word = s->word_count > 1 ? s->words[1] : NULL;
	sheaf_status status = sheaf_database_each_synonym(s->db, word, print_one, &w, err);

	if (status == SHEAF_OK && !w.found)
		s->code = CODE_NOTHING;
	return status;
}

static sheaf_status run_add(session *s, sheaf_error *err)
{
	return sheaf_database_add_synonym(s->db, s->words[1], s->words[2], err);
}

static int count_one(void *ctx, const char *term, const char *synonym)
{
	walk *w = ctx;

	(void)term;
	w->found += !w->synonym || str_eq(w->synonym, synonym);
	return 0;
}

static sheaf_status run_rm(session *s, sheaf_error *err)
{
	const char  *word = s->words[1];
	walk         w = {.synonym = s->word_count > 2 ? s->words[2] : NULL};
	sheaf_status status = sheaf_database_each_synonym(s->db, word, count_one, &w, err);

	if (status != SHEAF_OK)
		return status;
	if (!w.found) {
		console_note(s->console, "'%.200s' has no such synonym", word);
		s->code = CODE_NOTHING;
		return SHEAF_OK;
	}
	if (w.synonym)
		return sheaf_database_remove_synonym(s->db, word, w.synonym, err);
	return sheaf_database_clear_synonyms(s->db, word, err);
}

/* ---- import ---- */

typedef struct importing {
	session    *s;
	const char *file;
	int64_t     words, synonyms;
} importing;

/* Says where in the file what the database refused stands. */
static sheaf_status add_at(importing *im, const char *word, const yaml_node *node, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status;

	if (node->type != YAML_TEXT || yaml_is_null(node))
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: a synonym of '%.80s' is expected, not %s", im->file,
		                  node->line, word,
		                  yaml_is_null(node) ? "nothing" : yaml_type_name(node->type));
	status = sheaf_database_add_synonym(im->s->db, word, node->text, &why);
	if (status == SHEAF_ERROR_INVALID_ARGUMENT)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: %s", im->file, node->line,
		                  why.message);
	if (status != SHEAF_OK && err)
		*err = why;
	im->synonyms += status == SHEAF_OK;
	return status;
}

static sheaf_status import_word(importing *im, const yaml_node *node, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (node->type != YAML_LIST) {
		status = add_at(im, node->key, node, err);
	} else {
		for (const yaml_node *n = node->first; n && status == SHEAF_OK; n = n->next)
			status = add_at(im, node->key, n, err);
	}
	im->words++;
	return status;
}

/* All of the file, or nothing of it. */
static sheaf_status import_tree(importing *im, const yaml_node *root, sheaf_error *err)
{
	sheaf_status status;

	if (root->type != YAML_MAP)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: words with their synonyms are expected (word: [a, b])",
		                  im->file, root->line);
	status = sheaf_database_begin_transaction(im->s->db, err);
	if (status != SHEAF_OK)
		return status;
	for (const yaml_node *n = root->first; n && status == SHEAF_OK; n = n->next)
		status = import_word(im, n, err);
	if (status == SHEAF_OK)
		return sheaf_database_commit_transaction(im->s->db, err);
	sheaf_database_cancel_transaction(im->s->db);
	return status;
}

static sheaf_status run_import(session *s, sheaf_error *err)
{
	importing    im = {.s = s, .file = s->words[1]};
	buf          text = BUF_INIT(YAML_SIZE_MAX);
	yaml_tree   *tree = NULL;
	sheaf_status status = file_read(im.file, &text, err);

	if (status == SHEAF_OK)
		status = yaml_tree_parse(buf_str(&text), text.len, im.file, &tree, err);
	if (status == SHEAF_OK)
		status = import_tree(&im, yaml_tree_root(tree), err);
	if (status == SHEAF_OK)
		output_printf(s->out, "%lld words, %lld synonyms\n", (long long)im.words,
		              (long long)im.synonyms);
	if (status == SHEAF_OK && !im.synonyms)
		s->code = CODE_NOTHING;
	yaml_tree_free(tree);
	buf_free(&text);
	return status;
}

static const verb verbs[] = {
	{"list", 0, 1, run_list, DB_READ, NULL},
	{"add", 2, 2, run_add, DB_WRITE, NULL},
	{"rm", 1, 2, run_rm, DB_WRITE, NULL},
	{"import", 1, 1, run_import, DB_WRITE, NULL},
	{0},
};

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const verb *v;

	return verb_prepare(s, verbs, &v, request, err);
}

static sheaf_status run(session *s, sheaf_error *err)
{
	return verb_run(s, verbs, err);
}

const command command_synonym = {
	.name = "synonym",
	.summary = "List, add or remove what ~word stands for",
	.arguments = "list [WORD] | add WORD SYNONYM | rm WORD [SYNONYM] | import FILE",
	.details = "  list [WORD]         the synonyms: word and synonym, divided by a tab\n"
		   "  add WORD SYNONYM    one more; several words in SYNONYM are a phrase\n"
		   "  rm WORD [SYNONYM]   one synonym, or all of the word\n"
		   "  import FILE         all of a YAML file: word: [synonym, synonym]\n"
		   "In a query, ~word finds the word and its synonyms.",
	.need = DB_WRITE,
	.min_words = 1,
	.max_words = 3,
	.prepare = prepare,
	.run = run,
};
