/*
 * Eight clients submit responses without a pause while the market test closes.
 * Run by closing.sh, which prepares the data (closing.sql) and then compares
 * what each client was told, written to RECEIPTS, with what is stored.
 *
 *     closing close COUNT RECEIPTS   the close comes in the middle
 *     closing moved COUNT RECEIPTS   and is moved, by two people, before it does
 */
#include <errno.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNNERS = 8, MOST_TRIES = 100, MOST_SECONDS = 600 };

struct shared {
	atomic_int received, late, changed;
	atomic_bool is_over;
};

static struct shared *shared;

/* Somebody signed in, with a connection of their own. */
struct client {
	PGconn *connection;
	char token[64];
	char state[6];      /* SQLSTATE of the last failure */
	const char *locked; /* title of what each request locks; may be NULL */
};

struct runner {
	struct client client;
	FILE *receipts;
	char council[24], test[24], response[24];
	char question[24]; /* its own; two share a response */
	char revision[24], value[24];
};

static const char find_text[] = "SELECT council_id, id FROM market_test"
				" WHERE title = $1";
static const char begin_text[] = "SELECT response_begin($1, $2)";
static const char save_text[] =
    "SELECT revision FROM answer_save($1, $2, ARRAY[$3::text],"
    " ARRAY[$4::text], ARRAY[0], ARRAY[''], ARRAY[$5::bigint])"
    " WHERE is_saved";
static const char submit_text[] =
    "SELECT s.outcome, s.number, s.received_at, encode(s.sha256, 'hex')"
    " FROM response_look($1, $2, NULL) AS l,"
    " LATERAL response_submit($1, l.id, l.revision, true) AS s";
static const char lock_text[] = "SELECT market_test_lock(council_id, reference)"
				" FROM market_test WHERE title = $1";
static const char propose_text[] =
    "INSERT INTO market_test_change (council_id, market_test_id, kind,"
    " closes_at, reason, proposed_by_id)"
    " SELECT council_id, id, 'close', closes_at + interval '2 seconds',"
    " 'More time', tenant_account() FROM market_test WHERE title = $1";
static const char approve_text[] =
    "WITH approved AS (UPDATE market_test_change SET state = 'approved',"
    " decided_by_id = tenant_account(), decided_at = clock_now()"
    " WHERE state = 'proposed' RETURNING market_test_id)"
    " SELECT count(*) FROM approved";
static const char move_text[] =
    "UPDATE market_test t SET closes_at = c.closes_at"
    " FROM market_test_change c WHERE c.market_test_id = t.id"
    " AND c.kind = 'close' AND t.title = $1";
static const char close_text[] =
    "UPDATE market_test SET closes_at = clock_now() + interval '2 seconds'"
    " WHERE title = $1";

static void
fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	shared->is_over = true;
	exit(1);
}

static PGconn *
connection_new(const char *user)
{
	const char *const names[] = { "user", NULL };
	const char *const values[] = { user, NULL };
	PGconn *connection = PQconnectdbParams(names, values, 0);

	if (PQstatus(connection) != CONNECTION_OK)
		fail("connection", PQerrorMessage(connection));
	return connection;
}

static struct client
client_new(const char *name)
{
	struct client client = { .connection = connection_new("hearth_web") };

	snprintf(
	    client.token, sizeof(client.token), "%s@closing.example", name);
	return client;
}

/* The answer; NULL, with the SQLSTATE noted, when there is none. */
static PGresult *
ask(struct client *client, const char *text, int count,
    const char *const *values)
{
	PGresult *result = PQexecParams(
	    client->connection, text, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);
	const char *state;

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
		return result;
	state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	snprintf(client->state, sizeof(client->state), "%s",
	    state != NULL ? state : "");
	if (strcmp(client->state, "40001") != 0 &&
	    strcmp(client->state, "40P01") != 0 &&
	    strcmp(client->state, "55P03") != 0)
		fail(text, PQresultErrorMessage(result));
	PQclear(result);
	return NULL;
}

/* As dispatch does it: one transaction with the session of the request. */
static PGresult *
ask_once(struct client *client, const char *text, int count,
    const char *const *values)
{
	static const char session_text[] =
	    "SELECT account_id FROM session_begin(sha256(convert_to($1,"
	    " 'UTF8')))";
	const char *token = client->token;
	PGresult *result, *committed;

	PQclear(ask(client, "BEGIN", 0, NULL));
	result = ask(client, session_text, 1, &token);
	if (result == NULL)
		return NULL;
	PQclear(result);
	if (client->locked != NULL) {
		result = ask(client, lock_text, 1, &client->locked);
		if (result == NULL)
			return NULL;
		PQclear(result);
	}
	result = ask(client, text, count, values);
	if (result == NULL)
		return NULL;
	committed = ask(client, "COMMIT", 0, NULL);
	if (committed == NULL) {
		PQclear(result);
		return NULL;
	}
	PQclear(committed);
	return result;
}

/* A request: run again on a conflict. */
static PGresult *
request(struct client *client, const char *text, int count,
    const char *const *values)
{
	int i;

	for (i = 0; i < MOST_TRIES; i++) {
		PGresult *result = ask_once(client, text, count, values);

		if (result != NULL)
			return result;
		PQclear(PQexec(client->connection, "ROLLBACK"));
	}
	fail(text, client->state);
	return NULL;
}

/* The first value of the one row that there must be. */
static void
take(PGresult *result, int column, char *value, size_t size, const char *what)
{
	if (PQntuples(result) != 1 || PQgetisnull(result, 0, column))
		fail(what, "nothing came back");
	snprintf(value, size, "%s", PQgetvalue(result, 0, column));
}

static void
runner_begin(struct runner *runner, const char *title)
{
	const char *values[] = { runner->council, runner->test };
	PGresult *result = request(&runner->client, find_text, 1, &title);

	take(result, 0, runner->council, sizeof(runner->council), find_text);
	take(result, 1, runner->test, sizeof(runner->test), find_text);
	PQclear(result);
	result = request(&runner->client, begin_text, 2, values);
	take(result, 0, runner->response, sizeof(runner->response), begin_text);
	PQclear(result);
}

static void
runner_save(struct runner *runner, int value)
{
	const char *values[] = { runner->council, runner->response,
		runner->question, runner->value, runner->revision };
	PGresult *result;

	snprintf(runner->value, sizeof(runner->value), "%d", value);
	result = request(&runner->client, save_text, 5, values);
	take(result, 0, runner->revision, sizeof(runner->revision), save_text);
	PQclear(result);
}

/* False when a colleague had saved meanwhile, as a page would say. */
static bool
runner_submit(struct runner *runner)
{
	const char *values[] = { runner->council, runner->test };
	PGresult *result = request(&runner->client, submit_text, 2, values);
	char outcome[16];

	take(result, 0, outcome, sizeof(outcome), submit_text);
	if (strcmp(outcome, "received") == 0) {
		fprintf(runner->receipts, "%s\t%s\t%s\t%s\t%s\t%s\n",
		    runner->response, PQgetvalue(result, 0, 1),
		    PQgetvalue(result, 0, 2), PQgetvalue(result, 0, 3),
		    runner->question, runner->value);
		shared->received++;
	} else if (strcmp(outcome, "late") == 0) {
		shared->late++;
	} else if (strcmp(outcome, "changed") == 0) {
		shared->changed++;
	} else {
		fail("outcome", outcome);
	}
	PQclear(result);
	return strcmp(outcome, "changed") != 0;
}

static void
run(int number, const char *title, const char *path)
{
	struct runner runner = { .revision = "0" };
	char name[512];
	int value;

	snprintf(name, sizeof(name), "%s.%d", path, number);
	runner.receipts = fopen(name, "w");
	if (runner.receipts == NULL)
		fail(name, strerror(errno));
	snprintf(name, sizeof(name), "runner%d", number);
	runner.client = client_new(name);
	snprintf(
	    runner.question, sizeof(runner.question), "question%d", number);
	runner_begin(&runner, title);
	for (value = 1; !shared->is_over; value++) {
		runner_save(&runner, value);
		while (!runner_submit(&runner))
			continue;
	}
	if (fclose(runner.receipts) != 0)
		fail("receipts", strerror(errno));
}

static void
sleep_ms(int milliseconds)
{
	struct timespec time = { milliseconds / 1000,
		(long)(milliseconds % 1000) * 1000000 };

	while (nanosleep(&time, &time) != 0 && errno == EINTR)
		continue;
}

/* Until so many submissions were made and so many of them were late. */
static void
wait_for(int all, int late)
{
	int i;

	for (i = 0;
	     shared->received + shared->late < all || shared->late < late;
	     i++) {
		if (i > MOST_SECONDS * 100)
			fail("clients", "they take too long");
		if (waitpid(-1, NULL, WNOHANG) != 0)
			fail("clients", "one ended early");
		sleep_ms(10);
	}
}

/* What guards a published close is put aside to bring it near. */
static void
close_soon(const char *title)
{
	struct client superuser = { .connection = connection_new("postgres") };

	PQclear(
	    ask(&superuser, "SET session_replication_role = replica", 0, NULL));
	PQclear(ask(&superuser, close_text, 1, &title));
	PQfinish(superuser.connection);
}

/* As the pages do: one person proposes, a second approves and it moves. */
static void
close_move(const char *title)
{
	struct client first = client_new("first");
	struct client second = client_new("second");

	PQclear(request(&first, propose_text, 1, &title));
	second.locked = title;
	PQclear(request(&second, approve_text, 0, NULL));
	PQclear(request(&second, move_text, 1, &title));
	PQfinish(first.connection);
	PQfinish(second.connection);
}

static void
shared_make(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	bool is_fine = true;
	int i, count, status;

	if (argc != 4) {
		fputs("usage: closing close|moved COUNT RECEIPTS\n", stderr);
		return 2;
	}
	shared_make();
	count = (int)strtol(argv[2], NULL, 10);
	for (i = 0; i < RUNNERS; i++)
		if (fork() == 0) {
			run(i, argv[1], argv[3]);
			_exit(0);
		}
	wait_for(count / 4, 0);
	close_soon(argv[1]);
	if (strcmp(argv[1], "moved") == 0)
		close_move(argv[1]);
	wait_for(count, count / 4);
	shared->is_over = true;
	for (i = 0; i < RUNNERS; i++)
		is_fine = wait(&status) > 0 && status == 0 && is_fine;
	printf("%d %d %d\n", shared->received, shared->late, shared->changed);
	return is_fine ? 0 : 1;
}
