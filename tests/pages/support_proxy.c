/*
 * See support_proxy.h. One process, one poll over pairs of sockets; knows of
 * the protocol only what a COMMIT looks like.
 */
#include "support_proxy.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAIRS = 64 };

struct pair {
	int client; /* -1: free */
	int server;
};

static char folder[64];
static char server_folder[64];
static char port[16];
static pid_t process;
static _Atomic int *cut_shared;

static void
die(const char *what)
{
	perror(what);
	_exit(1);
}

static struct sockaddr_un
address_of(const char *where)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path),
	    "%.60s/.s.PGSQL.%.10s", where, port);
	return address;
}

static int
server_connect(void)
{
	const struct sockaddr_un address = address_of(server_folder);
	int server = socket(AF_UNIX, SOCK_STREAM, 0);

	if (server < 0 || connect(server, (const struct sockaddr *)&address,
			      sizeof(address)) != 0)
		die("proxy: the server");
	return server;
}

static void
pair_close(struct pair *pair)
{
	close(pair->client);
	close(pair->server);
	pair->client = -1;
}

/* Passes on what came, or cuts the line. */
static void
pair_pass(struct pair *pair, bool is_from_client)
{
	const int from = is_from_client ? pair->client : pair->server;
	const int to = is_from_client ? pair->server : pair->client;
	const int cut = atomic_load(cut_shared);
	char data[65536];
	ssize_t length = read(from, data, sizeof(data));
	bool is_commit;

	if (length <= 0) {
		pair_close(pair);
		return;
	}
	is_commit = is_from_client && cut != PROXY_PASS &&
	            memmem(data, (size_t)length, "COMMIT", 6) != NULL;
	if (!(is_commit && cut == PROXY_CUT_BEFORE) &&
	    send(to, data, (size_t)length, MSG_NOSIGNAL) != length) {
		pair_close(pair);
		return;
	}
	if (is_commit && cut == PROXY_CUT_AFTER)
		/* Wait for the answer, so that the server surely saved. */
		length = read(pair->server, data, sizeof(data));
	if (is_commit)
		pair_close(pair);
}

static void
pair_open(struct pair *pairs, int listener)
{
	int i;

	for (i = 0; i < PAIRS; i++) {
		if (pairs[i].client >= 0)
			continue;
		pairs[i].client = accept(listener, NULL, NULL);
		pairs[i].server = server_connect();
		return;
	}
}

static void
proxy_serve(int listener)
{
	struct pollfd polled[1 + 2 * PAIRS];
	struct pair pairs[PAIRS];
	int i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (i = 0; i < PAIRS; i++)
		pairs[i].client = -1;
	for (;;) {
		polled[0] = (struct pollfd) { .fd = listener,
			.events = POLLIN };
		for (i = 0; i < 2 * PAIRS; i++) {
			const struct pair *pair = &pairs[i / 2];
			const int fd = i % 2 == 0 ? pair->client : pair->server;

			polled[1 + i] = (struct pollfd) {
				.fd = pair->client < 0 ? -1 : fd,
				.events = POLLIN,
			};
		}
		if (poll(polled, 1 + 2 * PAIRS, -1) < 0)
			die("proxy: poll");
		for (i = 0; i < 2 * PAIRS; i++)
			if (polled[1 + i].revents != 0 &&
			    pairs[i / 2].client >= 0)
				pair_pass(&pairs[i / 2], i % 2 == 0);
		if (polled[0].revents != 0)
			pair_open(pairs, listener);
	}
}

void
proxy_restart(void)
{
	const struct sockaddr_un address = address_of(folder);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	unlink(address.sun_path);
	if (listener < 0 ||
	    bind(listener, (const struct sockaddr *)&address,
		sizeof(address)) != 0 ||
	    listen(listener, 64) != 0)
		die("proxy: socket");
	process = fork();
	if (process < 0)
		die("proxy: fork");
	if (process == 0)
		proxy_serve(listener);
	close(listener);
}

void
proxy_start(void)
{
	const char *host = getenv("PGHOST");
	const char *number = getenv("PGPORT");

	if (host == NULL || *host != '/') {
		fputs("PGHOST must name the folder of a socket\n", stderr);
		exit(1);
	}
	snprintf(server_folder, sizeof(server_folder), "%.60s", host);
	snprintf(port, sizeof(port), "%.10s", number ? number : "5432");
	snprintf(folder, sizeof(folder), "/tmp/hearth-proxy-XXXXXX");
	if (mkdtemp(folder) == NULL)
		die("proxy: folder");
	cut_shared = mmap(NULL, sizeof(*cut_shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (cut_shared == MAP_FAILED)
		die("proxy: memory");
	atomic_init(cut_shared, PROXY_PASS);
	proxy_restart();
	setenv("PGHOST", folder, 1);
}

void
proxy_kill(void)
{
	kill(process, SIGKILL);
	waitpid(process, NULL, 0);
}

void
proxy_freeze(void)
{
	int status;

	kill(process, SIGSTOP);
	waitpid(process, &status, WUNTRACED);
}

void
proxy_thaw(void)
{
	kill(process, SIGCONT);
}

void
proxy_cut(enum proxy_cut cut)
{
	atomic_store(cut_shared, cut);
}

void
proxy_end(void)
{
	const struct sockaddr_un address = address_of(folder);

	proxy_kill();
	unlink(address.sun_path);
	rmdir(folder);
	setenv("PGHOST", server_folder, 1);
}
