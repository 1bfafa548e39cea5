#!/usr/bin/perl
# Adding a page takes five steps (README.md); this tells which was forgotten:
# a query nobody calls, a template nobody renders, a part nobody uses, a route
# that no test names.
use strict;
use warnings;
use File::Find;

my $found = 0;

sub files {
	my ($pattern, @folders) = @_;
	my @found;

	find({ no_chdir => 1, wanted => sub {
		push @found, $_ if -f && /$pattern/ && !/node_modules/;
	} }, grep { -d } @folders);
	return sort @found;
}

sub text {
	my $all = '';

	for my $path (@_) {
		open my $file, '<', $path or die "$path: $!";
		local $/;
		$all .= <$file>;
		close $file;
	}
	return $all;
}

sub forgotten {
	print @_, "\n";
	$found = 1;
}

my $code = text(grep { !m{^app/generate/} } files(qr/\.[ch]$/, 'app'));
my $pages = text(files(qr/\.html$/, 'templates'));
my %called = map { $_ => 1 } $code =~ /\b([a-z]\w*)\b/g;
my %used_in_pages = map { $_ => 1 } $pages =~ /\b([a-z]\w*)\b/g;

# Step 3: a query is called by a handler, a rule or a template.
for my $path (files(qr/\.sql$/, 'app')) {
	open my $file, '<', $path or die "$path: $!";
	while (<$file>) {
		next unless /^-- query (\w+)/;
		forgotten("$path:$.: nobody calls query $1")
		    unless $called{$1} || $used_in_pages{$1};
	}
	close $file;
}

# Step 4: a template is rendered, a part is used.
for my $path (files(qr/\.html$/, 'templates')) {
	(my $name = $path) =~ s{^templates/(.*)\.html$}{$1};

	next if $name =~ /^layout/;
	if (text($path) =~ /^\{\{part /) {
		(my $part = $name) =~ s{^parts/}{};
		$part =~ s{[/-]}{_}g;

		forgotten("$path: no template uses part $part")
		    unless $pages =~ /\{\{part \Q$part\E\b/ ||
		    $code =~ /\b(part|render_parts?)_\Q$part\E\b/;
		next;
	}
	(my $render = "render_$name") =~ s{[/-]}{_}g;
	forgotten("$path: nobody calls $render") unless $called{$render};
}

# Steps 1, 2 and 5: a route is named by a test, by its path or its handler.
my $routes = -f 'app/routes.c' ? text('app/routes.c') : '';
my $tests = text(grep { !m{/routes\.c$} }
    files(qr/\.(c|mjs|sh)$/, 'tests/pages', 'tests/browser', 'tests/faults'));
while ($routes =~ /\{\s*(GET|POST),\s*"([^"]+)",\s*(\w+)/g) {
	my ($method, $path, $handler) = ($1, $2, $3);
	my $pattern = join '[^/"\'`?]+', map { quotemeta } split /:\w+/, $path, -1;

	forgotten("app/routes.c: no test names $method $path ($handler)")
	    unless $tests =~ /["'`}]$pattern["'`?#]/ || $tests =~ /\b$handler\b/;
}
exit $found;
