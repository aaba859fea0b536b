#!/usr/bin/env bats
# Functions that are not called here, and why: memory goes through alloc.h or an arena, text through buf,
# numbers and times through the parsers of base/; the library neither talks nor looks around.

load lint
load ../support/needs
# shellcheck disable=SC2154 # tree is set by lint.bash
: "$tree"

setup() {
	needs perl tar
}

everywhere='malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf|alloca'
everywhere+='|sprintf|vsprintf|strcpy|strncpy|strcat|strncat|strtok|strtok_r|gets|scanf|fscanf|sscanf'
everywhere+='|atoi|atol|atoll|atof|localtime|gmtime|ctime|asctime|mktime|strftime|rand|srand|tmpnam|mktemp|system|popen'
in_library='printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|putc|fputc|perror|exit|_exit|abort|atexit'
in_library+='|getenv|secure_getenv|setenv|putenv|setlocale|signal|sigaction|time|clock_gettime|gettimeofday|isatty'
library='base text model query source search harvest profile digest output'

# A call, not a member or part of a longer name.
call() {
	echo "(^|[^A-Za-z0-9_>.])($1) *\\("
}

calls_everywhere() {
	c_files "$1" src index include | grep -v '^src/base/alloc\.c$' | matching "$1" bare "$(call "$everywhere")"
}

library_files() {
	local layer
	c_files "$1" index include
	for layer in $library; do
		c_files "$1" "src/$layer"
	done
}

calls_in_library() {
	library_files "$1" | matching "$1" bare "$(call "$in_library")|\\b(stdout|stderr|environ)\\b"
}

# A static or global variable that is neither constant nor the mark of something done once a process.
mutable_globals() {
	library_files "$1" | grep '\.c$' | matching "$1" bare \
		'^(	*static|[a-z])( *(unsigned|signed|long|short|int|char|double|float|size_t|u?int[0-9]+_t|void|struct [a-z_]+|[a-z_]+_t|FILE|sheaf_[a-z_]+)[ *]+)+[a-z_]+(\[[^]]*\])*( *=[^=].*)?;' |
		grep -Ev 'const|pthread_once_t|: (return|typedef|goto|case)|\(' || true
}

backward_jumps() {
	local folder
	folder=$(mirror "$1" bare)
	(cd "$folder" && find . -name '*.c' -exec awk '
		FNR == 1 || /^}/ { split("", seen) }
		/^[a-z_]+:/ { label = $1; sub(/:.*/, "", label); seen[label] = 1 }
		match($0, /goto [a-z_]+/) && substr($0, RSTART + 5, RLENGTH - 5) in seen { print substr(FILENAME, 3) ": " $0 }' {} +)
}

@test "no banned function is called" {
	none "$(calls_everywhere "$tree")"
}

@test "the check sees planted calls, but no members, comments or strings" {
	root=$(planted src/query/bad.c <<<'void f(char *p) { free(p); }')
	planted src/query/good.c <<<'void g(void) { x->free(p); mem_free(p); /* free(p) */ h("free(p)"); }' >/dev/null
	[ "$(calls_everywhere "$root" | cut -d: -f1)" = src/query/bad.c ]
}

@test "the library does not print, exit, or read environment and clock" {
	none "$(calls_in_library "$tree")"
}

@test "the check sees a library that prints, and lets the command print" {
	root=$(planted src/query/bad.c <<<'void f(void) { fprintf(stderr, "x"); }')
	planted src/cli/good.c <<<'void f(void) { printf("x"); }' >/dev/null
	[ "$(calls_in_library "$root" | cut -d: -f1)" = src/query/bad.c ]
}

@test "no variable outlives its call" {
	none "$(mutable_globals "$tree")"
}

@test "the check sees a planted counter, and lets tables be" {
	root=$(planted src/query/bad.c <<<'static int count = 0;')
	planted src/query/good.c <<<'static const int limit = 3;' >/dev/null
	[ "$(mutable_globals "$root" | cut -d: -f1)" = src/query/bad.c ]
}

@test "goto jumps forward" {
	none "$(backward_jumps "$tree")"
}

@test "the check sees a planted loop" {
	root=$(planted src/query/bad.c <<<$'void f(void)\n{\nagain:\n\tg();\n\tgoto again;\n}')
	planted src/query/good.c <<<$'void f(void)\n{\n\tgoto out;\nout:\n\tg();\n}' >/dev/null
	[ "$(backward_jumps "$root" | cut -d: -f1)" = src/query/bad.c ]
}
