#!/usr/bin/env bats
# What a header offers is asked for: a function that only its own file calls is static, one that nobody
# calls goes, and so do statements.

load lint
load ../support/needs
# shellcheck disable=SC2154 # tree is set by lint.bash
: "$tree"

setup() {
	needs perl
}

# Functions in headers of the library's inside and the command without a use in another file than the one
# that defines them. A use is a name on a line that begins no declaration: one that is indented, or a macro.
# shellcheck disable=SC2016 # the program is perl's
uncalled() {
	(cd "$1" && find src index tests bench -name '*.[ch]' -o -name '*.cc' | sort | xargs perl -e '
		my (%offered, %home, %used);
		for my $file (@ARGV) {
			open my $in, "<", $file or die "$file: $!";
			my $text = do { local $/; <$in> };
			my $inside = $file =~ m{^(src|index)/};
			my $header = $inside && $file =~ /\.h$/;
			$text =~ s{/\*.*?\*/|"(?:[^"\\\n]|\\.)*"}{}gs;
			while ($text =~ /^(?!typedef|static)[a-z][\w \t*]*?\b(\w+)\(([^;{]*)\)(;|\n\{)/mg) {
				$home{$1} = $file if $inside && $3 ne ";";
				$offered{$1} = $file if $header && $3 eq ";";
			}
			while ($text =~ /^static inline [\w \t*]*?\b(\w+)\(/mg) {
				$offered{$1} = $file if $header;
			}
			for my $line ($text =~ /^(?:\s|#).*$/mg) {
				$used{$_}{$file} = 1 for $line =~ /\w+/g;
			}
		}
		for my $name (sort keys %offered) {
			my $home = $home{$name} // "";
			print "$offered{$name}: $name\n" unless grep { $_ ne $home } keys %{$used{$name}};
		}')
}

unasked_statements() {
	(cd "$1" && grep -oE '^	STMT_[A-Z0-9_]+' index/statement.h | tr -d '\t' | while read -r name; do
		grep -rqw --include='*.[ch]' --exclude='statement.[ch]' -- "$name" index || echo "index/statement.h: $name"
	done)
}

@test "every function in a header is called from another file" {
	none "$(uncalled "$tree")"
}

@test "the check sees a planted function that nobody calls, and one that its file keeps to itself" {
	root=$(planted src/query/some.h <<<$'int lonely(int a);\nint inward(int a);\nint asked(int a);\nstatic inline int idle(void)\n{\n\treturn 1;\n}')
	planted src/query/some.c <<<$'int inward(int a)\n{\n\treturn a;\n}\n\nint asked(int a)\n{\n\treturn inward(a); /* lonely(a) */\n}' >/dev/null
	planted src/query/other.c <<<$'int other(int a)\n{\n\treturn asked(a);\n}' >/dev/null
	mkdir -p "$root/index" "$root/tests" "$root/bench"
	[ "$(uncalled "$root" | sed 's/.*: //' | paste -sd' ')" = 'idle inward lonely' ]
}

@test "every statement is asked for" {
	none "$(unasked_statements "$tree")"
}

@test "the check sees a planted statement that nobody asks for" {
	root=$(planted index/statement.h <<<$'enum {\n\tSTMT_USED,\n\tSTMT_IDLE,\n};')
	planted index/statement.c <<<$'\t[STMT_IDLE] = "x",' >/dev/null
	planted index/some.c <<<$'\tget(STMT_USED);' >/dev/null
	[ "$(unasked_statements "$root")" = 'index/statement.h: STMT_IDLE' ]
}
