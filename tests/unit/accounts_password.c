/* What passwords are taken and refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "accounts/password_rules.h"
#include "base/arena.h"
#include "base/reply.h"

struct trial {
	const char *password;
	bool is_taken;
};

static const struct trial trials[] = {
	/* Length: 12 characters, not bytes. */
	{ "", false },
	{ "kT9#mQ2$vL8", false },
	{ "kT9#mQ2$vL8x", true },
	{ "żółćęśąźńŻÓ", false },
	{ "żółćęśąźńŻÓŁ", true },
	/* Words that belong together in no common way. */
	{ "correct horse staple wharf", true },
	{ "gravel thimble osprey", true },
	{ "tuba-walnut-ferry-moss", true },
	{ "Underneath the lintel, moss", true },
	{ "  leading and trailing gorse  ", true },
	{ "vermilion kettle 7", true },
	/* One to three common words, decorated. */
	{ "password1234", false },
	{ "Password1234!", false },
	{ "p4ssw0rd2026", false },
	{ "P@$$w0rd1234", false },
	{ "passwordpassword", false },
	{ "WelcomeWelcome1", false },
	{ "Welcome2026!!", false },
	{ "1234Welcome!", false },
	{ "letmeinplease", false },
	{ "iloveyou12345", false },
	{ "Liverpool2026", false },
	{ "Manchester-United", false },
	{ "SummerHoliday2026", false },
	{ "November2026!", false },
	{ "monkeydragon99", false },
	{ "superman batman", false },
	{ "l e t m e i n 1 2 3", false },
	/* The service's own. */
	{ "hearth-homecare", false },
	{ "HomecareCouncil1", false },
	{ "Hertfordshire01", false },
	{ "CareBroker2026", false },
	/* Rows of keys, the alphabet, the same again. */
	{ "qwertyuiop123", false },
	{ "poiuytrewq!!!", false },
	{ "asdfghjkl;'#1", false },
	{ "abcdefghijklm", false },
	{ "qazwsxedcrfv", false },
	{ "aaaaaaaaaaaa", false },
	{ "aaaabbbbcccc", false },
	{ "zU7zU7zU7zU7", false },
	{ "kestrelkestrel", false },
	/* Numbers: telephone numbers, dates, sequences. */
	{ "123456789012", false },
	{ "01438 555 0123", false },
	{ "31/12/1999 00", false },
	{ "!!!!!!!!!!!!", false },
	{ "7#9$2&84^*1%", true },
	/* What is known of the person. */
	{ "WinifredOakley", false },
	{ "oakley.winifred", false },
	{ "Winifred1962!", false },
	{ "w1n1fr3d.oakley", false },
	{ "springfield-lodge", false },
};

static const char *const about[] = {
	"Winifred Oakley",
	"winifred.oakley@springfield.example",
	"Springfield Lodge Care",
	NULL,
};

static void
password_is_taken_or_refused(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct text_list known = { about, 4 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		const char *problem = password_problem(
		    arena, trials[i].password, known);

		if ((problem == NULL) != trials[i].is_taken)
			fail_msg("\"%s\": %s", trials[i].password,
			    problem != NULL ? problem : "taken");
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
password_of_the_longest_length(void **state)
{
	static const char words[] = "gravel thimble osprey ferry ";
	struct arena *arena = arena_new(1 << 20);
	struct text_list nothing = { NULL, 0 };
	char password[PASSWORD_MAXIMUM + 2];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(password); i++)
		password[i] = words[i % (sizeof(words) - 1)];
	password[PASSWORD_MAXIMUM + 1] = '\0';
	assert_non_null(password_problem(arena, password, nothing));
	password[PASSWORD_MAXIMUM] = '\0';
	assert_null(password_problem(arena, password, nothing));
	password[64] = '\0';
	assert_null(password_problem(arena, password, nothing));
	arena_free(arena);
}

static void
password_words_are_letters(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; password_words[i] != NULL; i++) {
		assert_int_equal(
		    strspn(password_words[i], "abcdefghijklmnopqrstuvwxyz"),
		    strlen(password_words[i]));
		assert_true(strlen(password_words[i]) >= 2);
	}
	assert_true(i > 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(password_is_taken_or_refused),
		cmocka_unit_test(password_of_the_longest_length),
		cmocka_unit_test(password_words_are_letters),
	};

	return cmocka_run_group_tests_name("password rules", tests, NULL, NULL);
}
