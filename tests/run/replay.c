/*
 * Replays a fuzz corpus as an ordinary test: gives each named file, and each
 * file of each named folder, to the target once. Linked with one target of
 * tests/fuzz in place of libFuzzer's own main.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replayed;

static void
file_replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data;
	size_t size;
	struct stat status;

	if (file == NULL || fstat(fileno(file), &status) != 0) {
		perror(path);
		exit(1);
	}
	/* Exactly as long as the input, so that ASan sees one byte too far. */
	size = (size_t)status.st_size;
	data = malloc(size > 0 ? size : 1);
	if (data == NULL || fread(data, 1, size, file) != size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	replayed++;
}

static void
path_replay(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char name[4096];

	if (folder == NULL) {
		file_replay(path);
		return;
	}
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		file_replay(name);
	}
	closedir(folder);
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		path_replay(argv[i]);
	printf("replayed %zu inputs\n", replayed);
	return 0;
}
