/* See clamd.h; every wait has a limit, set on the socket. */
#include "messages/clamd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { SEND_SECONDS = 10, ANSWER_SECONDS = 20, HOST_MAXIMUM = 255 };

static int
socket_new(int family)
{
	const struct timeval send = { .tv_sec = SEND_SECONDS };
	const struct timeval answer = { .tv_sec = ANSWER_SECONDS };
	int new = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (new >= 0) {
		/* The first is the limit of connecting as well. */
		setsockopt(new, SOL_SOCKET, SO_SNDTIMEO, &send, sizeof(send));
		setsockopt(
		    new, SOL_SOCKET, SO_RCVTIMEO, &answer, sizeof(answer));
	}
	return new;
}

static int
path_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int new;

	if (strlen(path) >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, path, strlen(path) + 1);
	new = socket_new(AF_UNIX);
	if (new >= 0 && connect(new, (const struct sockaddr *)&address,
			    sizeof(address)) != 0) {
		close(new);
		return -1;
	}
	return new;
}

static int
host_connect(const char *host, const char *port)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found, *one;
	int new = -1;

	if (getaddrinfo(host, port, &wanted, &found) != 0)
		return -1;
	for (one = found; one != NULL && new < 0; one = one->ai_next) {
		new = socket_new(one->ai_family);
		if (new >= 0 &&
		    connect(new, one->ai_addr, one->ai_addrlen) != 0) {
			close(new);
			new = -1;
		}
	}
	freeaddrinfo(found);
	return new;
}

static int
address_connect(const char *address)
{
	const char *colon = strrchr(address, ':');
	char host[HOST_MAXIMUM + 1];
	size_t length;

	if (*address == '/')
		return path_connect(address);
	length = colon != NULL ? (size_t)(colon - address) : 0;
	if (length == 0 || length > HOST_MAXIMUM)
		return -1;
	/* IPv6 stands in brackets: "[::1]:3310". */
	if (*address == '[' && address[length - 1] == ']') {
		address++;
		length -= 2;
	}
	memcpy(host, address, length);
	host[length] = '\0';
	return host_connect(host, colon + 1);
}

static void
bytes_send(struct clamd *clamd, const void *data, size_t length)
{
	const char *cursor = data;

	while (length > 0 && !clamd->is_broken) {
		ssize_t sent = send(
		    clamd->socket, cursor, length, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0) {
			clamd->is_broken = true;
			return;
		}
		cursor += sent;
		length -= (size_t)sent;
	}
}

bool
clamd_begin(struct clamd *clamd, const char *address)
{
	static const char command[] = "zINSTREAM"; /* with its NUL */

	*clamd = (struct clamd) { .socket = address_connect(address) };
	if (clamd->socket < 0)
		return false;
	bytes_send(clamd, command, sizeof(command));
	return true;
}

void
clamd_add(struct clamd *clamd, struct bytes bytes)
{
	const uint32_t length = htonl((uint32_t)bytes.length);

	/* A length of 0 would be the end. */
	if (bytes.length == 0)
		return;
	bytes_send(clamd, &length, sizeof(length));
	bytes_send(clamd, bytes.data, bytes.length);
}

/* Reads the line, which is there also when sending failed half way. */
static void
reply_read(struct clamd *clamd)
{
	size_t used = 0;
	ssize_t got = 1;

	while (used < sizeof(clamd->reply) - 1 && got > 0 &&
	       memchr(clamd->reply, '\0', used) == NULL) {
		got = recv(clamd->socket, clamd->reply + used,
		    sizeof(clamd->reply) - 1 - used, 0);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			used += (size_t)got;
	}
	clamd->reply[used] = '\0';
}

/* "stream: OK", "stream: NAME FOUND", or "... ERROR". */
static enum clamd_answer
answer_of(struct clamd *clamd, bool has_timed_out)
{
	static const char begin[] = "stream: ", end[] = " FOUND";
	const size_t before = sizeof(begin) - 1, after = sizeof(end) - 1;
	size_t length = strcspn(clamd->reply, "\r\n");

	clamd->reply[length] = '\0';
	if (length == 0)
		return has_timed_out ? CLAMD_CANNOT : CLAMD_AWAY;
	if (text_equal(clamd->reply, "stream: OK") && !clamd->is_broken)
		return CLAMD_CLEAN;
	if (length <= before + after ||
	    !text_starts_with(clamd->reply, begin) ||
	    !text_equal(clamd->reply + length - after, end))
		return CLAMD_CANNOT;
	length -= before + after;
	memmove(clamd->reply, clamd->reply + before, length);
	clamd->reply[length] = '\0';
	return CLAMD_FOUND;
}

enum clamd_answer
clamd_end(struct clamd *clamd)
{
	const uint32_t end = 0;
	enum clamd_answer answer;

	bytes_send(clamd, &end, sizeof(end));
	errno = 0;
	reply_read(clamd);
	answer = answer_of(clamd, errno == EAGAIN || errno == EWOULDBLOCK);
	clamd_drop(clamd);
	return answer;
}

void
clamd_drop(struct clamd *clamd)
{
	close(clamd->socket);
	clamd->socket = -1;
}
