/* The arena: aligned, zeroed, limited, and empty after a reset. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
test_zeroed_and_aligned(void **state)
{
	size_t size, i;

	(void)state;
	for (size = 0; size < 300; size++) {
		unsigned char *data = arena_alloc(arena, size);

		assert_non_null(data);
		assert_int_equal((uintptr_t)data % alignof(max_align_t), 0);
		for (i = 0; i < size; i++)
			assert_int_equal(data[i], 0);
		memset(data, 0xAA, size);
	}
}

static void
test_zeroed_again_after_reset(void **state)
{
	unsigned char *data;
	size_t i;
	int round;

	(void)state;
	for (round = 0; round < 3; round++) {
		data = arena_alloc(arena, 60000);
		for (i = 0; i < 60000; i++)
			assert_int_equal(data[i], 0);
		memset(data, 0xAA, 60000);
		assert_int_equal(arena_used(arena), 60000);
		arena_reset(arena);
		assert_int_equal(arena_used(arena), 0);
	}
}

static void
test_larger_than_a_block(void **state)
{
	char *small = arena_strdup(arena, "small");
	char *large = arena_alloc(arena, 500000);

	(void)state;
	memset(large, 'x', 500000);
	assert_string_equal(small, "small");
	assert_string_equal(arena_strdup(arena, "after"), "after");
}

static void
test_texts(void **state)
{
	(void)state;
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(arena, "", 0), "");
	assert_string_equal(arena_printf(arena, "%s-%05d", "a", 42), "a-00042");
	assert_int_equal(strlen(arena_printf(arena, "%70000d", 1)), 70000);
}

static char order[8];

static void
note(void *argument)
{
	strncat(order, argument, 1);
}

static void
test_cleanups_run_last_first_and_once(void **state)
{
	(void)state;
	order[0] = '\0';
	arena_cleanup(arena, note, (void *)"a");
	arena_cleanup(arena, note, (void *)"b");
	arena_cleanup(arena, note, (void *)"c");
	arena_reset(arena);
	assert_string_equal(order, "cba");
	arena_reset(arena);
	assert_string_equal(order, "cba");
}

static void
allocate_too_much(void)
{
	arena_alloc(arena, (1 << 20) + 1);
}

static void
allocate_bit_by_bit(void)
{
	int i;

	for (i = 0; i < 12; i++)
		arena_alloc(arena, 100000);
}

static void
allocate_beyond_size_max(void)
{
	arena_array(arena, SIZE_MAX / 2, 4);
}

/* In a child, as the arena ends the process. */
static void
assert_ends(void (*run)(void))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		close(STDERR_FILENO);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
test_limits(void **state)
{
	(void)state;
	arena_alloc(arena, 1 << 20);
	arena_reset(arena);
	assert_ends(allocate_too_much);
	assert_ends(allocate_bit_by_bit);
	assert_ends(allocate_beyond_size_max);
}

static void
test_poisoned(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	char *data = arena_alloc(arena, 64);

	assert_false(__asan_address_is_poisoned(data));
	assert_true(__asan_address_is_poisoned(data + 64));
	arena_reset(arena);
	assert_true(__asan_address_is_poisoned(data));
#else
	skip();
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_zeroed_and_aligned, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_zeroed_again_after_reset, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_larger_than_a_block, setup, teardown),
		cmocka_unit_test_setup_teardown(test_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_cleanups_run_last_first_and_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_poisoned, setup, teardown),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
