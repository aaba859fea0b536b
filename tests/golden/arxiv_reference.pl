#!/usr/bin/env perl
# Answers queries by reading every paper: what the index is compared with.
#
# Usage: arxiv_reference.pl QUESTIONS < TABLE
#
# TABLE has a paper a line: id, authors, title, abstract, comments, journal, report number,
# categories, time of the first version, divided by tabs. QUESTIONS has a question a line: a name, a tab, and a
# Perl expression in which ti{...}, au{...}, abs{...}, co{...}, jr{...}, rn{...} and all{...} stand for
# "the field has this regular expression as whole words, in any case" (a blank stands for whatever
# divides words), cat{...} for a category, and $id and $submitted (YYYYMMDDhhmm) for themselves.
# A TeX command before a brace divides words, a brace alone does not. Prints name, tab, id for each paper that a question is true of.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

our ($id, %text, $categories, $submitted);
my @fields = qw(au ti abs co jr rn);
my %months;
@months{qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)} = 1 .. 12;

sub words {
	my ($field, $pattern) = @_;
	$pattern = lc $pattern;
	$pattern =~ s/ /[^\\p{L}\\p{N}]+/g;
	return "\$text{$field} =~ /(?<![\\p{L}\\p{N}])(?:$pattern)(?![\\p{L}\\p{N}])/";
}

sub compile {
	my ($expression) = @_;
	$expression =~ s/\ball\{([^}]*)\}/'(' . join(' || ', map { words($_, $1) } @fields) . ')'/ge;
	$expression =~ s/\b(ti|au|abs|co|jr|rn)\{([^}]*)\}/words($1, $2)/ge;
	$expression =~ s/\bcat\{([^}]*)\}/"\$categories =~ \/(?:^| )(?:$1)(?: |\$)\/"/ge;
	my $code = eval "sub { $expression }" or die "$expression: $@";
	return $code;
}

sub time_of {
	my ($text) = @_;
	return $text =~ /(\d+) (\w{3}) (\d{4}) (\d\d):(\d\d)/
		? sprintf('%04d%02d%02d%02d%02d', $3, $months{$2}, $1, $4, $5) : '';
}

my @questions;
open(my $in, '<', $ARGV[0]) or die "$ARGV[0]: $!";
while (<$in>) {
	chomp;
	my ($name, $expression) = split /\t/, $_, 2;
	push @questions, [$name, compile($expression)];
}
close $in;

while (<STDIN>) {
	chomp;
	s/\\(.)/$1 =~ m![ntr]! ? ' ' : $1/ge;
	s/\\[a-zA-Z]+\{/ /g;
	tr/{}//d;
	my @row = split /\t/, $_, -1;
	$id = $row[0];
	@text{@fields} = map { lc } @row[1 .. 6];
	$categories = $row[7];
	$submitted = time_of($row[8]);
	for my $question (@questions) {
		print "$question->[0]\t$id\n" if $question->[1]->();
	}
}
