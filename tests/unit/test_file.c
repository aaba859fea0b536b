/* file.h: whole files, atomic writes, folders, and locks that die with their process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

#include "file.h"

static char folder[] = "scratch-file-XXXXXX";

/* A path below the scratch folder; valid until the fourth call after. */
static const char *in_folder(const char *name)
{
	static char paths[4][256];
	static int  turn;

	turn = (turn + 1) % 4;
	snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
	return paths[turn];
}

static void put(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(bytes, file);
	assert_int_equal(fclose(file), 0);
}

static void expect_content(const char *path, const char *bytes)
{
	buf         b = BUF_INIT(0);
	sheaf_error err;

	if (file_read(path, &b, &err) != SHEAF_OK)
		fail_msg("%s", err.message);
	assert_string_equal(buf_str(&b), bytes);
	buf_free(&b);
}

static void reading(void **state)
{
	const char *path = in_folder("read");
	buf         b = BUF_INIT(5);
	sheaf_error err;

	(void)state;
	assert_int_equal(file_read(path, &b, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, path));
	assert_int_equal(file_read(folder, &b, &err), SHEAF_ERROR_IO);
	put(path, "");
	assert_int_equal(file_read(path, &b, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&b), "");
	put(path, "12345");
	assert_int_equal(file_read(path, &b, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&b), "12345");
	buf_clear(&b);
	put(path, "123456");
	assert_int_equal(file_read(path, &b, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, "5 bytes"));
	buf_free(&b);
}

static void a_file_without_end_is_left_at_the_cap(void **state)
{
	buf         b = BUF_INIT(100000);
	sheaf_error err;

	(void)state;
	assert_int_equal(file_read("/dev/zero", &b, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, "100000 bytes"));
	buf_free(&b);
}

/* Up to the last slash, that included. */
static int folder_length(const char *path)
{
	return (int)(strrchr(path, '/') - path) + 1;
}

static void writing_replaces_as_a_whole(void **state)
{
	const char *path = in_folder("write");
	char        leftover[300];
	struct stat st;

	(void)state;
	put(path, "old");
	assert_int_equal(file_write_atomic(path, "new\n", 4, NULL), SHEAF_OK);
	expect_content(path, "new\n");
	assert_int_equal(file_write_atomic(path, "", 0, NULL), SHEAF_OK);
	expect_content(path, "");
	snprintf(leftover, sizeof leftover, "%.*s.sheaf-%ld.tmp", folder_length(path), path,
	         (long)getpid());
	assert_int_not_equal(stat(leftover, &st), 0);
}

static void writing_keeps_links_and_pipes(void **state)
{
	const char *real = in_folder("real"), *linked = in_folder("linked"),
		   *pipe_path = in_folder("pipe");
	struct stat st;
	char        got[8] = "";
	int         fd;

	(void)state;
	put(real, "old");
	assert_int_equal(symlink("real", linked), 0);
	assert_int_equal(file_write_atomic(linked, "new", 3, NULL), SHEAF_OK);
	expect_content(real, "new");
	assert_int_equal(lstat(linked, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	fd = open(pipe_path, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(file_write_atomic(pipe_path, "abc", 3, NULL), SHEAF_OK);
	assert_int_equal(read(fd, got, sizeof got), 3);
	assert_string_equal(got, "abc");
	close(fd);
	assert_int_equal(stat(pipe_path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	if (stat("/dev/full", &st) == 0 && S_ISCHR(st.st_mode))
		assert_int_equal(file_write_atomic("/dev/full", "abc", 3, NULL), SHEAF_ERROR_IO);
}

static void a_link_to_nothing_gets_something(void **state)
{
	const char *real = in_folder("missing"), *linked = in_folder("dangling"),
		   *twice = in_folder("dangling2"), *loop = in_folder("loop");
	struct stat st;
	sheaf_error err;
	buf         resolved = BUF_INIT(0);

	(void)state;
	assert_int_equal(symlink("missing", linked), 0);
	assert_int_equal(symlink("dangling", twice), 0);
	assert_int_equal(file_write_atomic(twice, "new", 3, NULL), SHEAF_OK);
	expect_content(real, "new");
	assert_int_equal(lstat(linked, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(file_resolve(twice, &resolved, NULL), SHEAF_OK);
	assert_string_equal(strrchr(resolved.data, '/'), "/missing");
	assert_int_equal(resolved.data[0], '/');
	buf_free(&resolved);
	assert_int_equal(symlink("loop", loop), 0);
	assert_int_equal(file_write_atomic(loop, "x", 1, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, loop));
}

static void permissions_stay(void **state)
{
	static const mode_t modes[] = {0600, 0640, 0444, 0755};
	const char         *path = in_folder("mode");
	struct stat         st;

	(void)state;
	put(path, "old");
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		assert_int_equal(chmod(path, modes[i]), 0);
		assert_int_equal(file_write_atomic(path, "new", 3, NULL), SHEAF_OK);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i]);
	}
}

/* Leaves what a process leaves that is killed while it writes; answers its name. */
static void leave_temporary(pid_t pid, char path[300])
{
	snprintf(path, 300, "%s/.sheaf-%ld.tmp", folder, (long)pid);
	put(path, "half");
}

static void leftovers_of_the_dead_go(void **state)
{
	char        dead[300], alive[300];
	const char *other = in_folder(".sheaf-x.tmp");
	struct stat st;
	pid_t       child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	leave_temporary(child, dead);
	leave_temporary(getppid(), alive);
	put(other, "else");
	file_remove_leftovers(folder);
	assert_int_not_equal(stat(dead, &st), 0);
	assert_int_equal(stat(alive, &st), 0);
	assert_int_equal(stat(other, &st), 0);
	assert_int_equal(remove(alive), 0);
	assert_int_equal(remove(other), 0);
	file_remove_leftovers("no/such/folder");
}

static void writing_does_not_follow_a_planted_link(void **state)
{
	const char *path = in_folder("planted"), *victim = in_folder("victim");
	char        link_path[300], *target;

	(void)state;
	put(victim, "precious");
	target = realpath(victim, NULL);
	assert_non_null(target);
	snprintf(link_path, sizeof link_path, "%.*s.sheaf-%ld.tmp", folder_length(path), path,
	         (long)getpid());
	assert_int_equal(symlink(target, link_path), 0);
	free(target);
	assert_int_equal(file_write_atomic(path, "new", 3, NULL), SHEAF_OK);
	expect_content(path, "new");
	expect_content(victim, "precious");
}

static void a_write_that_fails_leaves_the_old(void **state)
{
	const char *path = in_folder("blocked");
	sheaf_error err;

	(void)state;
	/* A folder with something in it cannot be renamed over. */
	assert_int_equal(file_make_folders(in_folder("blocked/inner"), NULL), SHEAF_OK);
	assert_int_equal(file_write_atomic(path, "x", 1, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, path));
	assert_int_equal(file_write_atomic(in_folder("no/such/folder"), "x", 1, NULL),
	                 SHEAF_ERROR_IO);
}

static void making_folders(void **state)
{
	sheaf_error err;
	struct stat st;

	(void)state;
	assert_int_equal(file_make_folders(in_folder("a/b//c/"), NULL), SHEAF_OK);
	assert_int_equal(file_make_folders(in_folder("a/b/c"), NULL), SHEAF_OK);
	assert_int_equal(stat(in_folder("a/b/c"), &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	put(in_folder("a/file"), "");
	assert_int_equal(file_make_folders(in_folder("a/file"), &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, "a/file"));
	assert_int_equal(file_make_folders(in_folder("a/file/b"), &err), SHEAF_ERROR_IO);
}

static void a_lock_has_one_holder(void **state)
{
	const char *path = in_folder("lock");
	file_lock   one = FILE_LOCK_INIT, two = FILE_LOCK_INIT;
	long        holder = -1;
	sheaf_error err;

	(void)state;
	assert_int_equal(file_lock_take(&one, path, 0, &holder, NULL), SHEAF_OK);
	assert_int_equal(holder, 0);
	assert_int_equal(file_lock_take(&two, path, 0, &holder, &err), SHEAF_ERROR_DATABASE_LOCKED);
	assert_int_equal(holder, getpid());
	assert_int_equal(two.fd, -1);
	assert_int_equal(file_lock_take(&two, path, 120, NULL, NULL), SHEAF_ERROR_DATABASE_LOCKED);
	file_lock_release(&one);
	assert_int_equal(one.fd, -1);
	file_lock_release(&one);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(file_lock_take(&two, path, 0, NULL, NULL), SHEAF_OK);
	file_lock_release(&two);
	assert_int_equal(file_lock_take(&one, in_folder("no/such/lock"), 0, &holder, &err),
	                 SHEAF_ERROR_IO);
}

static void a_lock_is_no_link(void **state)
{
	const char *victim = in_folder("lock-victim"), *path = in_folder("lock-link");
	file_lock   lock = FILE_LOCK_INIT;
	char       *target;

	(void)state;
	put(victim, "precious");
	target = realpath(victim, NULL);
	assert_non_null(target);
	assert_int_equal(symlink(target, path), 0);
	free(target);
	assert_int_equal(file_lock_take(&lock, path, 0, NULL, NULL), SHEAF_ERROR_IO);
	expect_content(victim, "precious");
}

static void a_lock_dies_with_its_process(void **state)
{
	const char *path = in_folder("dying");
	file_lock   lock = FILE_LOCK_INIT;
	int         ready[2], done[2], status;
	long        holder;
	char        byte = 0;
	pid_t       child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(done), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		if (file_lock_take(&lock, path, 0, NULL, NULL) == SHEAF_OK)
			byte = 1;
		if (write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 1)
			_exit(2);
		/* Without a release. */
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 1);
	assert_int_equal(file_lock_take(&lock, path, 0, &holder, NULL),
	                 SHEAF_ERROR_DATABASE_LOCKED);
	assert_int_equal(holder, child);
	assert_int_equal(write(done[1], &byte, 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(file_lock_take(&lock, path, 0, &holder, NULL), SHEAF_OK);
	file_lock_release(&lock);
	for (int i = 0; i < 2; i++) {
		close(ready[i]);
		close(done[i]);
	}
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	static const char *const names[] = {
		"read",      "write",  "planted", "victim",        "missing",     "dangling",
		"dangling2", "loop",   "mode",    "blocked/inner", "blocked",     "a/b/c",
		"a/b",       "a/file", "a",       "lock",          "lock-victim", "lock-link",
		"dying",     "real",   "linked",  "pipe",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		remove(in_folder(names[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading),
		cmocka_unit_test(a_file_without_end_is_left_at_the_cap),
		cmocka_unit_test(writing_replaces_as_a_whole),
		cmocka_unit_test(writing_keeps_links_and_pipes),
		cmocka_unit_test(a_link_to_nothing_gets_something),
		cmocka_unit_test(permissions_stay),
		cmocka_unit_test(leftovers_of_the_dead_go),
		cmocka_unit_test(writing_does_not_follow_a_planted_link),
		cmocka_unit_test(a_write_that_fails_leaves_the_old),
		cmocka_unit_test(making_folders),
		cmocka_unit_test(a_lock_has_one_holder),
		cmocka_unit_test(a_lock_is_no_link),
		cmocka_unit_test(a_lock_dies_with_its_process),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
