/* See support_clamd.h. */
#include "support_clamd.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const char *const clamd_virus = "HEARTH-TEST-VIRUS";

enum { FILE_MAXIMUM = 32 * 1024 * 1024 };

static int listener = -1;
static pthread_t thread;
static const char *next_answer;
static size_t last_bytes;

static int
read_all(int peer, void *into, size_t length)
{
	char *cursor = into;

	while (length > 0) {
		ssize_t got = recv(peer, cursor, length, 0);

		if (got <= 0)
			return 0;
		cursor += got;
		length -= (size_t)got;
	}
	return 1;
}

static void
serve(int peer, char *file)
{
	const char *answer;
	char command[10];
	uint32_t length;

	last_bytes = 0;
	if (!read_all(peer, command, sizeof(command)) ||
	    memcmp(command, "zINSTREAM", sizeof(command)) != 0)
		return;
	while (read_all(peer, &length, sizeof(length)) && length != 0) {
		length = ntohl(length);
		if (length > FILE_MAXIMUM - last_bytes ||
		    !read_all(peer, file + last_bytes, length))
			return;
		last_bytes += length;
	}
	answer = memmem(file, last_bytes, clamd_virus, strlen(clamd_virus))
	             ? "stream: Test.Virus FOUND"
	             : "stream: OK";
	if (next_answer != NULL)
		answer = next_answer;
	next_answer = NULL;
	if (*answer != '\0')
		send(peer, answer, strlen(answer) + 1, MSG_NOSIGNAL);
}

static void *
run(void *argument)
{
	char *file = malloc(FILE_MAXIMUM);
	int peer;

	(void)argument;
	while ((peer = accept(listener, NULL, NULL)) >= 0) {
		serve(peer, file);
		close(peer);
	}
	free(file);
	return NULL;
}

const char *
clamd_start(void)
{
	static char address[64];
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t length = sizeof(at);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener < 0 ||
	    bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(listener, 4) != 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &length) != 0 ||
	    pthread_create(&thread, NULL, run, NULL) != 0) {
		perror("clamd");
		exit(1);
	}
	snprintf(address, sizeof(address), "127.0.0.1:%d", ntohs(at.sin_port));
	return address;
}

void
clamd_answer_next(const char *line)
{
	next_answer = line;
}

size_t
clamd_bytes(void)
{
	return last_bytes;
}

void
clamd_stop(void)
{
	shutdown(listener, SHUT_RDWR);
	close(listener);
	pthread_join(thread, NULL);
}
