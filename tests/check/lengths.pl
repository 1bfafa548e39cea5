#!/usr/bin/perl
# Files below 600 lines, functions below 60: what is longer has parts. The site
# map has a row or two for every page, and being one table is its point.
use strict;
use warnings;
use File::Find;

my ($file_most, $function_most) = (600, 60);
my $found = 0;
my @files;

find({ no_chdir => 1, wanted => sub {
	push @files, $_ if /\.[ch]$/ || /\.sql$/;
} }, 'app');

for my $path (sort @files) {
	open my $file, '<', $path or die "$path: $!";
	my ($begin, $name, $previous) = (0, '', '');

	while (my $line = <$file>) {
		# In this format only a function's body has its brace in
		# the first column.
		if ($line =~ /^\{/ && $path =~ /\.c$/) {
			($begin, $name) = ($., $previous);
		} elsif ($line =~ /^\}/ && $begin) {
			my $length = $. - $begin + 1;

			if ($length > $function_most) {
				chomp $name;
				print "$path:$begin: $length lines: $name\n";
				$found = 1;
			}
			$begin = 0;
		}
		$previous = $line if $line =~ /^[a-z_]+\w*\(/;
	}
	if ($. > $file_most && $path ne 'app/routes.c') {
		print "$path: $. lines\n";
		$found = 1;
	}
	close $file;
}
exit $found;
