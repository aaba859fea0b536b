/*
 * A digest that is killed, before any call to the system that changes something, neither loses a paper nor delivers
 * one twice: what the killed run put in place, and what the runs after it do, have each paper once.
 *
 * The command is traced (ptrace), so that every such moment is met, and met each time anew.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "file.h"
#include "profile_fixture.h"

enum { SKIPPED = 77, TRACE_REFUSED = 99, PAPERS = 7, STEPS_MAX = 2000, ENDED = -1 };

static const char *command;
static char        base[SCRATCH_PATH_SIZE], work[SCRATCH_PATH_SIZE + 8];
static char        folder[] = "scratch-kill-XXXXXX";

/* A path below the scratch folder; valid until the eighth call after. */
static const char *in_folder(const char *name)
{
	static char paths[8][128];
	static int  turn;

	turn = (turn + 1) % 8;
	snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
	return paths[turn];
}

static void paper_id(int i, char id[16])
{
	snprintf(id, 16, "2601.%05d", (i + 1) % 100000);
}

/* Seven papers in one topic, classified. */
static int set_up(void **state)
{
	static const char  yaml[] = "digest: {name: daily}\nprofiles:\n  garden: {query: garden}\n";
	sheaf_database    *db;
	sheaf_profile_set *set = fixture_profiles(yaml);

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	db = fixture_open(base, "digest-kill");
	for (int i = 0; i < PAPERS; i++) {
		char id[16], date[32];

		paper_id(i, id);
		snprintf(date, sizeof date, "2026-01-%02dT10:00:00Z", i + 1);
		fixture_put(db, id, "Garden", "A garden.", date, "cs.NE");
	}
	must(sheaf_profile_set_store(db, set, NULL), NULL);
	fixture_classify(db, set, 0);
	sheaf_profile_set_free(set);
	sheaf_database_close(db);
	snprintf(work, sizeof work, "%s", in_folder("work.db"));
	return 0;
}

/* ---- running the command, up to a step ---- */

/* 1 for calls that leave something behind. */
static int is_change(uint64_t number)
{
	static const long changes[] = {
		SYS_write,     SYS_pwrite64, SYS_fsync,   SYS_fdatasync,
		SYS_ftruncate, SYS_openat,   SYS_fchmod,  SYS_unlinkat,
#ifdef SYS_rename
		SYS_rename,    SYS_unlink,   SYS_mkdir,
#endif
		SYS_renameat2, SYS_renameat, SYS_mkdirat,
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if ((uint64_t)changes[i] == number)
			return 1;
	return 0;
}

static void run_child(const char *output, const char *limit, int traced)
{
	int nowhere = open("/dev/null", O_RDWR);

	dup2(nowhere, 1);
	dup2(nowhere, 2);
	/* What looks for leaks is a tracer itself. */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	setenv("HOME", folder, 1);
	unsetenv("XDG_CONFIG_HOME");
	if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		_exit(TRACE_REFUSED);
	execl(command, "sheaf", "--db", work, "digest", "--since", "last", "--mark-delivered",
	      "--now", "2026-02-01", "--format", "html", "--limit", limit, "-o", output, NULL);
	_exit(TRACE_REFUSED);
}

/* 1 where the child stands before a call that changes something. */
static int is_before_change(pid_t child)
{
	struct __ptrace_syscall_info info;

	memset(&info, 0, sizeof info);
	return ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof info, &info) > 0 &&
	       info.op == PTRACE_SYSCALL_INFO_ENTRY && is_change(info.entry.nr);
}

/*
 * Runs the digest and kills it before the `step`-th change, from 0; ENDED: lets it run. Answers its exit code, or
 * -1 where it was killed.
 */
static int run_digest(const char *output, const char *limit, int step)
{
	pid_t child = fork();
	int   status = 0, signal_number = 0;

	assert_true(child >= 0);
	if (child == 0)
		run_child(output, limit, step != ENDED);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSTOPPED(status))
		assert_int_equal(ptrace(PTRACE_SETOPTIONS, child, NULL,
		                        (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)),
		                 0);
	while (WIFSTOPPED(status)) {
		if (WSTOPSIG(status) == (SIGTRAP | 0x80) && is_before_change(child) && step-- == 0)
			kill(child, SIGKILL);
		signal_number = WSTOPSIG(status);
		if (signal_number == SIGTRAP || signal_number == (SIGTRAP | 0x80))
			signal_number = 0;
		(void)ptrace(PTRACE_SYSCALL, child, NULL, (void *)(intptr_t)signal_number);
		assert_int_equal(waitpid(child, &status, 0), child);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- what came of it ---- */

static void start_anew(void)
{
	static const char *const leftovers[] = {"work.db-wal", "work.db-shm", "work.db-lock"};
	buf                      bytes = BUF_INIT(0);

	for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
		remove(in_folder(leftovers[i]));
	must(file_read(base, &bytes, NULL), NULL);
	must(file_write_atomic(work, bytes.data, bytes.len, NULL), NULL);
	buf_free(&bytes);
}

/* Adds how often the page at `path` has each paper; a page that is there must be whole. */
static void count_papers(const char *path, int *counts)
{
	buf page = BUF_INIT(0);

	if (access(path, F_OK) != 0)
		return;
	must(file_read(path, &page, NULL), NULL);
	assert_non_null(strstr(buf_str(&page), "</html>"));
	for (int i = 0; i < PAPERS; i++) {
		char link[64], id[16];

		paper_id(i, id);
		snprintf(link, sizeof link, "https://arxiv.org/pdf/%s", id);
		for (const char *p = page.data; (p = strstr(p, link)); p++)
			counts[i]++;
	}
	buf_free(&page);
}

static void expect_each_once(const int *counts, int step)
{
	for (int i = 0; i < PAPERS; i++)
		if (counts[i] != 1)
			fail_msg("killed before change %d: paper %d came %d times", step, i + 1,
			         counts[i]);
}

/*
 * Digests into these outputs, the first killed at each step, the others whole; `pages` is what to
 * read of each. `apart` 1: they stay beside each other.
 */
static void kill_everywhere(const char *const outputs[3], const char *const pages[3], int apart,
                            int stride)
{
	static const char *const limits[3] = {"3", "2", "100"};
	int                      step = 0, killed = 1, steps_with_file = 0;

	for (; killed; step += stride) {
		int counts[PAPERS] = {0}, code;

		assert_true(step < STEPS_MAX);
		start_anew();
		for (int i = 0; i < 3; i++)
			remove(in_folder(pages[i]));
		code = run_digest(in_folder(outputs[0]), limits[0], step);
		killed = code == -1;
		if (code == TRACE_REFUSED)
			skip();
		assert_true(killed || code == 0);
		steps_with_file += killed && access(in_folder(pages[0]), F_OK) == 0;
		if (!apart)
			count_papers(in_folder(pages[0]), counts);
		for (int i = 1; i < 3; i++) {
			code = run_digest(in_folder(outputs[i]), limits[i], ENDED);
			assert_true(code == 0);
			if (!apart)
				count_papers(in_folder(pages[i]), counts);
		}
		for (int i = 0; i < 3 && apart; i++)
			count_papers(in_folder(pages[i]), counts);
		expect_each_once(counts, step);
	}
	/* There are moments between the file in place and the mark. */
	assert_true(steps_with_file > 0);
	print_message("%d kills, %d of them with the file in place\n", step / stride - 1,
	              steps_with_file);
}

static void files_of_their_own(void **state)
{
	static const char *const names[] = {"one.html", "two.html", "three.html"};

	(void)state;
	kill_everywhere(names, names, 1, 1);
}

/* Each digest replaces the one before; what was in it is counted before that. */
static void one_file_for_all(void **state)
{
	static const char *const names[] = {"today.html", "today.html", "today.html"};

	(void)state;
	kill_everywhere(names, names, 0, 2);
}

static void a_folder(void **state)
{
	static const char *const folders[] = {"site/", "site/", "site/"};
	static const char *const pages[] = {"site/index.html", "site/index.html",
	                                    "site/index.html"};

	(void)state;
	kill_everywhere(folders, pages, 0, 3);
}

static int tear_down(void **state)
{
	char remove_all[64];

	(void)state;
	scratch_remove(base);
	snprintf(remove_all, sizeof remove_all, "rm -rf %s", folder);
	return system(remove_all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_their_own),
		cmocka_unit_test(one_file_for_all),
		cmocka_unit_test(a_folder),
	};

	command = getenv("SHEAF");
	if (!command)
		return SKIPPED;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
