/*
 * digest_folder.c: a digest as a folder to be published: the digest is index.html; each section has
 * a page and two feeds of its newest papers, and the whole has feeds. What is no longer among these
 * files is removed, if it was made here.
 */
#include <string.h>

#include "digest_job.h"
#include "digest_manifest.h"
#include "error.h"
#include "file.h"
#include "page_name.h"

enum { PATH_BYTES_MAX = 8192, KINDS = 3 };

/* The names of the whole digest; no section's page is called so. */
#define INDEX "index"
#define FEED "feed"

/* The files of one section, or of all. */
typedef struct pages {
	size_t      section; /* SHEAF_DIGEST_ALL */
	const char *html, *atom, *json;
} pages;

typedef struct folder {
	digest_job      *job;
	pages           *pages; /* of each section, then of all */
	size_t           count;
	sheaf_page_link *links; /* to each section */
	page_names       names;
	manifest         before, now;
} folder;

static const char *add_suffix(folder *f, const char *name, const char *suffix)
{
	arena      *a = f->job->s->arena;
	buf         text = BUF_INIT(0);
	const char *made;

	buf_printf(&text, "%s.%s", name, suffix);
	made = text.status == SHEAF_OK ? arena_strdup(a, text.data) : NULL;
	buf_free(&text);
	return made && manifest_add(&f->now, made, a) ? made : NULL;
}

static sheaf_status name_pages(folder *f, pages *p, size_t section, const char *name,
                               const char *json, sheaf_error *err)
{
	p->section = section;
	p->html = name ? add_suffix(f, name, "html") : NULL;
	p->atom = name ? add_suffix(f, name, "atom") : NULL;
	p->json = name ? add_suffix(f, json ? json : name, "json") : NULL;
	return p->html && p->atom && p->json ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status name_all(folder *f, sheaf_error *err)
{
	arena       *a = f->job->s->arena;
	size_t       sections = sheaf_digest_size(f->job->digest);
	sheaf_status status = SHEAF_OK;

	f->count = sections + 1;
	f->pages = arena_calloc(a, f->count, sizeof *f->pages);
	f->links = arena_calloc(a, f->count, sizeof *f->links);
	if (!f->pages || !f->links || !page_name(&f->names, INDEX, a) ||
	    !page_name(&f->names, FEED, a))
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < sections; i++) {
		const char *heading;
		const char *name = sheaf_digest_get_section(f->job->digest, i, &heading);

		status = name_pages(f, &f->pages[i], i,
		                    page_name(&f->names, name ? name : heading, a), NULL, err);
		f->links[i] = (sheaf_page_link){heading, f->pages[i].html};
	}
	if (status == SHEAF_OK)
		status = name_pages(f, &f->pages[sections], SHEAF_DIGEST_ALL, INDEX, FEED, err);
	return status;
}

static sheaf_status path_of(const folder *f, const char *file, buf *path, sheaf_error *err)
{
	const char *dir = f->job->path;
	size_t      len = strlen(dir);

	buf_printf(path, "%s%s%s", dir, len && dir[len - 1] == '/' ? "" : "/", file);
	return buf_status(path, err);
}

/* One page or feed of the newest papers. */
static sheaf_status write_newest(folder *f, const pages *p, sheaf_format format, const char *file,
                                 const sheaf_list_head *head, sheaf_error *err)
{
	buf           path = BUF_INIT(PATH_BYTES_MAX), bytes = BUF_INIT(DIGEST_BYTES_MAX);
	sheaf_writer *writer = NULL;
	sheaf_status  status = path_of(f, file, &path, err);

	if (status == SHEAF_OK)
		status = sheaf_writer_new(format, digest_to_buffer, &bytes, &writer, err);
	if (status == SHEAF_OK)
		status = sheaf_digest_write_newest(f->job->digest, p->section, f->job->window, head,
		                                   writer, err);
	sheaf_writer_free(writer);
	if (bytes.status != SHEAF_OK)
		status = buf_status(&bytes, err);
	if (status == SHEAF_OK)
		status = file_write_atomic(path.data, buf_str(&bytes), bytes.len, err);
	buf_free(&path);
	buf_free(&bytes);
	return status;
}

/* The feeds of a page have their own addresses; the page they lead to is the page itself. */
static sheaf_status write_feeds(folder *f, const pages *p, sheaf_error *err)
{
	const digest_job *job = f->job;
	sheaf_list_head   head = job->head;
	sheaf_status      status = digest_address(job, p->html, &head.home, err);

	if (status == SHEAF_OK)
		status = digest_address(job, p->atom, &head.self, err);
	if (status == SHEAF_OK)
		status = write_newest(f, p, SHEAF_FORMAT_ATOM, p->atom, &head, err);
	if (status == SHEAF_OK)
		status = digest_address(job, p->json, &head.self, err);
	if (status == SHEAF_OK)
		status = write_newest(f, p, SHEAF_FORMAT_JSONFEED, p->json, &head, err);
	return status;
}

static sheaf_status write_section(folder *f, const pages *p, sheaf_error *err)
{
	sheaf_list_head head = f->job->head;
	sheaf_status    status;

	head.home = INDEX ".html";
	head.atom = p->atom;
	head.jsonfeed = p->json;
	status = write_newest(f, p, SHEAF_FORMAT_HTML, p->html, &head, err);
	return status == SHEAF_OK ? write_feeds(f, p, err) : status;
}

/* The digest itself. With it, what it has is delivered. */
static sheaf_status write_index(folder *f, const pages *p, sheaf_error *err)
{
	sheaf_list_head head = f->job->head;
	buf             path = BUF_INIT(PATH_BYTES_MAX);
	sheaf_status    status = path_of(f, p->html, &path, err);

	head.atom = p->atom;
	head.jsonfeed = p->json;
	head.pages = f->links;
	head.page_count = f->count - 1;
	if (status == SHEAF_OK)
		status = digest_deliver_file(f->job, SHEAF_FORMAT_HTML, path.data, &head, err);
	buf_free(&path);
	return status;
}

/* What was there and what will be: whatever is in the folder after a crash is known to be ours. */
static sheaf_status claim_files(folder *f, sheaf_error *err)
{
	arena       *a = f->job->s->arena;
	manifest     both = {0};
	sheaf_status status = manifest_read(&f->before, f->job->path, a, err);

	if (status == SHEAF_OK)
		status = manifest_check(&f->before, &f->now, f->job->path, err);
	if (status == SHEAF_OK &&
	    (!manifest_add_all(&both, &f->before, a) || !manifest_add_all(&both, &f->now, a)))
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = manifest_write(&both, f->job->path, err);
	manifest_free(&both);
	return status;
}

static sheaf_status remove_stale(folder *f, sheaf_error *err)
{
	sheaf_status status = manifest_remove_stale(&f->before, &f->now, f->job->path, err);

	return status == SHEAF_OK ? manifest_write(&f->now, f->job->path, err) : status;
}

sheaf_status digest_to_folder(digest_job *job, sheaf_error *err)
{
	folder       f = {.job = job};
	sheaf_status status = file_make_folders(job->path, err);

	if (status == SHEAF_OK) {
		file_remove_leftovers(job->path);
		status = name_all(&f, err);
	}
	if (status == SHEAF_OK)
		status = claim_files(&f, err);
	for (size_t i = 0; status == SHEAF_OK && i + 1 < f.count; i++)
		status = write_section(&f, &f.pages[i], err);
	if (status == SHEAF_OK)
		status = write_feeds(&f, &f.pages[f.count - 1], err);
	if (status == SHEAF_OK)
		status = write_index(&f, &f.pages[f.count - 1], err);
	if (status == SHEAF_OK)
		status = remove_stale(&f, err);
	manifest_free(&f.before);
	manifest_free(&f.now);
	return status;
}
