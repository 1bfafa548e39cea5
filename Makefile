# Hearth: every command there is. `make help` lists them.
#
# Sources are found by wildcard; two generators, built first, turn .sql and
# .html into C under $(BUILD)/generated, which is compiled with the rest.

BUILD   ?= build
VAR     ?= var
PORT    ?= 8080
ifeq ($(origin CC),default)
CC      := gcc
endif
CLANG   ?= clang-14

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# What is built is named, not how; V=1 shows the commands in full.
Q = $(if $(V),,@printf '  %s\n' '$@' &&)

# --- What is compiled -------------------------------------------------------

find = $(sort $(shell find $(1) -name '$(2)' 2>/dev/null))

SOURCES   := $(filter-out app/generate/%,$(call find,app,*.c))
SQL       := $(call find,app,*.sql)
TEMPLATES := $(call find,templates,*.html)

GENERATED := $(BUILD)/generated
GENERATED_QUERIES := $(GENERATED)/queries.c $(SQL:app/%=$(GENERATED)/%.c)
GENERATED_TEMPLATES := $(TEMPLATES:templates/%.html=$(GENERATED)/templates/%.c)
SHIPPED := $(filter-out conf/policies/policy.schema.json conf/policies/test-%, \
    $(sort $(wildcard conf/policies/*.json)))
STAMPS := $(BUILD)/queries.stamp \
    $(if $(TEMPLATES),$(BUILD)/templates.stamp)

OBJECTS := $(SOURCES:app/%.c=%.o) \
    $(GENERATED_QUERIES:$(GENERATED)/%.c=generated/%.o) \
    $(GENERATED_TEMPLATES:$(GENERATED)/%.c=generated/%.o) \
    generated/policies_shipped.o
LIBRARY_OBJECTS := $(filter-out kore_module.o command.o,$(OBJECTS))
COMMAND_OBJECTS := $(filter-out kore_module.o,$(OBJECTS))
MODULE_OBJECTS  := $(filter-out command.o,$(OBJECTS))

# --- How --------------------------------------------------------------------

KORE := $(patsubst -I%,-isystem %,$(shell cat /usr/share/kore/features \
    2>/dev/null))
LIBRARIES := -lpq -largon2 -lcurl -ljansson -lcmark -lutf8proc -lmagic \
    -lcrypto -lpthread -lm

LANGUAGE := -std=c11 -D_GNU_SOURCE
INCLUDES := -Iapp -I$(GENERATED) -isystem /usr/include/postgresql
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
    -Wpointer-arith -Wwrite-strings -Wformat=2 -Wvla -Wundef \
    -Wold-style-definition -Wconversion -Wsign-conversion \
    -Wno-missing-field-initializers -Werror
HARDENED := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
    -fstack-clash-protection -fcf-protection=full \
    -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr \
    -fno-strict-overflow -fno-strict-aliasing \
    -fno-delete-null-pointer-checks
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined \
    -fno-omit-frame-pointer

CFLAGS_release := -O2 -g -fPIC -fno-semantic-interposition \
    -Wbidi-chars=any $(HARDENED)
CFLAGS_asan    := -O1 -g -fPIC -DHEARTH_DEBUG $(SANITIZERS)
CFLAGS_fuzz    := -O1 -g -DHEARTH_DEBUG -Wno-unknown-warning-option \
    -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=undefined
LDFLAGS_release := -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
LDFLAGS_asan    := $(SANITIZERS) -Wl,--as-needed

COMPILE = $(CC) $(LANGUAGE) $(INCLUDES) $(WARNINGS) $(EXTRA_CFLAGS) -MMD -MP
FUZZ_COMPILE = $(CLANG) $(LANGUAGE) $(INCLUDES) -MMD -MP -w

.PHONY: build build-asan build-fuzz run test soak bench fuzz check format \
    migrate demo assets clean help FORCE

PRODUCTS := libhearth.a $(if $(wildcard app/command.c),hearth) \
    $(if $(wildcard app/kore_module.c),hearth.so)

build: $(PRODUCTS:%=$(BUILD)/%)

build-asan: $(PRODUCTS:%=$(BUILD)/asan/%)

# The command line that made the objects: when it changes, so must they.
FLAGS := $(COMPILE) $(CFLAGS_release) $(CFLAGS_asan) $(CFLAGS_fuzz) \
    $(LDFLAGS_release) $(LDFLAGS_asan) $(LIBRARIES) $(KORE)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@

# --- Generators and what they write -----------------------------------------

GENERATOR_QUERIES   := $(wildcard app/generate/queries*.c) \
    $(wildcard app/generate/common*.c)
GENERATOR_TEMPLATES := $(wildcard app/generate/templates*.c) \
    $(wildcard app/generate/common*.c)
# What a generator borrows of the product; it waits for no generated header.
GENERATOR_BASE := app/base/arena.c app/base/text.c

$(BUILD)/generate-queries: $(GENERATOR_QUERIES:app/%.c=$(BUILD)/objects/%.o) \
    $(GENERATOR_BASE:app/%.c=$(BUILD)/objects/%.o)
$(BUILD)/generate-templates: $(GENERATOR_TEMPLATES:app/%.c=$(BUILD)/objects/%.o) \
    $(GENERATOR_BASE:app/%.c=$(BUILD)/objects/%.o)
$(BUILD)/asan/generate-queries: \
    $(GENERATOR_QUERIES:app/%.c=$(BUILD)/asan/objects/%.o) \
    $(GENERATOR_BASE:app/%.c=$(BUILD)/asan/objects/%.o)
$(BUILD)/asan/generate-templates: \
    $(GENERATOR_TEMPLATES:app/%.c=$(BUILD)/asan/objects/%.o) \
    $(GENERATOR_BASE:app/%.c=$(BUILD)/asan/objects/%.o)

$(BUILD)/generate-queries $(BUILD)/generate-templates:
	$(Q) $(CC) $(LDFLAGS_release) -pie -o $@ $^

$(BUILD)/asan/generate-queries $(BUILD)/asan/generate-templates:
	$(Q) $(CC) $(LDFLAGS_asan) -o $@ $^

# The lists catch a file that was added or removed; generate.sh replaces only
# what changed, so that one new query does not compile the whole product.
$(BUILD)/%.list: FORCE
	@mkdir -p $(@D)
	@echo '$(SQL) $(TEMPLATES)' | cmp -s - $@ || \
	    echo '$(SQL) $(TEMPLATES)' >$@

$(BUILD)/queries.stamp: $(BUILD)/generate-queries $(SQL) \
    $(BUILD)/sources.list conf/run/generate.sh
	$(Q) conf/run/generate.sh $(BUILD) queries $(SQL)
	@touch $@

$(BUILD)/templates.stamp: $(BUILD)/generate-templates $(TEMPLATES) \
    $(BUILD)/sources.list conf/run/generate.sh
	$(Q) conf/run/generate.sh $(BUILD) templates $(TEMPLATES)
	@touch $@

$(GENERATED)/policies_shipped.c: $(SHIPPED) conf/run/shipped.sh
	@mkdir -p $(@D)
	$(Q) conf/run/shipped.sh $(SHIPPED) >$@

$(GENERATED_QUERIES): $(BUILD)/queries.stamp ;
$(GENERATED_TEMPLATES): $(BUILD)/templates.stamp ;
$(GENERATED)/%.h: $(STAMPS) ;

# --- Objects, in three variants ---------------------------------------------

$(BUILD)/objects/generate/%.o: app/generate/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_release) -c -o $@ $<

$(BUILD)/asan/objects/generate/%.o: app/generate/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_asan) -c -o $@ $<

$(GENERATOR_BASE:app/%.c=$(BUILD)/objects/%.o): \
    $(BUILD)/objects/%.o: app/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_release) -c -o $@ $<

$(GENERATOR_BASE:app/%.c=$(BUILD)/asan/objects/%.o): \
    $(BUILD)/asan/objects/%.o: app/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_asan) -c -o $@ $<

$(BUILD)/objects/kore_module.o: app/kore_module.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(KORE) $(CFLAGS_release) -c -o $@ $<

$(BUILD)/asan/objects/kore_module.o: app/kore_module.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(KORE) $(CFLAGS_asan) -c -o $@ $<

$(BUILD)/objects/generated/%.o: $(GENERATED)/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_release) -c -o $@ $<

$(BUILD)/asan/objects/generated/%.o: $(GENERATED)/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_asan) -c -o $@ $<

$(BUILD)/fuzz/objects/generated/%.o: $(GENERATED)/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(FUZZ_COMPILE) $(CFLAGS_fuzz) -c -o $@ $<

$(BUILD)/objects/%.o: app/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_release) -c -o $@ $<

$(BUILD)/asan/objects/%.o: app/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_asan) -c -o $@ $<

$(BUILD)/fuzz/objects/%.o: app/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(FUZZ_COMPILE) $(CFLAGS_fuzz) -c -o $@ $<

# /ready compares the database with all the migrations that there are. Their
# list is made anew when a file comes or goes, whatever its date.
MIGRATIONS := $(foreach file,$(sort $(wildcard migrations/*.sql)),$(firstword \
    $(subst _, ,$(notdir $(file)))))
$(BUILD)/migrations.list: FORCE
	@mkdir -p $(@D)
	@echo '$(MIGRATIONS)' | cmp -s - $@ || echo '$(MIGRATIONS)' >$@
$(BUILD)/objects/pages/pages.o $(BUILD)/asan/objects/pages/pages.o \
    $(BUILD)/fuzz/objects/pages/pages.o: $(BUILD)/migrations.list
$(BUILD)/objects/pages/pages.o $(BUILD)/asan/objects/pages/pages.o \
    $(BUILD)/fuzz/objects/pages/pages.o: \
    LANGUAGE += -DMIGRATIONS='"$(MIGRATIONS)"'

# --- The product ------------------------------------------------------------

# Only the names Kore looks up leave the module, so that none of ours can
# collide with the hundreds that Kore itself exports.
MODULE_LINK = -shared -Wl,--version-script=conf/kore/exports.map

$(BUILD)/hearth: $(COMMAND_OBJECTS:%=$(BUILD)/objects/%)
	$(Q) $(CC) $(LDFLAGS_release) -pie -o $@ $^ $(LIBRARIES)

$(BUILD)/hearth.so: $(MODULE_OBJECTS:%=$(BUILD)/objects/%) conf/kore/exports.map
	$(Q) $(CC) $(LDFLAGS_release) $(MODULE_LINK) -o $@ $(filter %.o,$^) $(LIBRARIES)

$(BUILD)/asan/hearth: $(COMMAND_OBJECTS:%=$(BUILD)/asan/objects/%)
	$(Q) $(CC) $(LDFLAGS_asan) -o $@ $^ $(LIBRARIES)

$(BUILD)/asan/hearth.so: $(MODULE_OBJECTS:%=$(BUILD)/asan/objects/%) \
    conf/kore/exports.map
	$(Q) $(CC) $(LDFLAGS_asan) $(MODULE_LINK) -o $@ $(filter %.o,$^) $(LIBRARIES)

# --- Test programs ----------------------------------------------------------

# Each tests/{unit,pages}/NAME.c is a program; files named support*.c or
# harness*.c, and all of tests/support/, are linked into their neighbours.
SUPPORT := $(call find,tests/support,*.c) $(wildcard tests/unit/support*.c \
    tests/pages/support*.c tests/pages/harness*.c)
UNIT_TESTS := $(filter-out $(SUPPORT),$(wildcard tests/unit/*.c))
PAGE_TESTS := $(filter-out $(SUPPORT),$(wildcard tests/pages/*.c))
FUZZ_TESTS := $(wildcard tests/fuzz/*.c)
FAULT_PROGRAMS := $(wildcard tests/faults/*.c)
BENCH_PROGRAMS := $(wildcard tests/bench/*.c)

.PHONY: build-tests build-unit-tests build-page-tests build-replay \
    build-faults build-bench
build-tests: build-unit-tests build-page-tests build-replay build-faults
build-unit-tests: $(UNIT_TESTS:%.c=$(BUILD)/asan/%)
build-page-tests: $(PAGE_TESTS:%.c=$(BUILD)/asan/%)
build-replay: $(FUZZ_TESTS:tests/fuzz/%.c=$(BUILD)/asan/tests/replay/%)
build-fuzz: $(FUZZ_TESTS:tests/fuzz/%.c=$(BUILD)/fuzz/%)
build-faults: $(FAULT_PROGRAMS:%.c=$(BUILD)/%)
build-bench: $(BENCH_PROGRAMS:%.c=$(BUILD)/%) $(BUILD)/tests/bench/reference

# The solvers that ours is held against; nothing else is written in C++.
$(BUILD)/tests/bench/reference: tests/bench/reference.cc
	@mkdir -p $(@D)
	g++ -std=c++17 -O2 -Wall -Wextra -Wno-maybe-uninitialized -o $@ $< -lClp -lCoinUtils

$(BUILD)/libhearth.a: $(LIBRARY_OBJECTS:%=$(BUILD)/objects/%)
$(BUILD)/asan/libhearth.a: $(LIBRARY_OBJECTS:%=$(BUILD)/asan/objects/%)
$(BUILD)/fuzz/libhearth.a: $(LIBRARY_OBJECTS:%=$(BUILD)/fuzz/objects/%)
$(BUILD)/libhearth.a $(BUILD)/asan/libhearth.a $(BUILD)/fuzz/libhearth.a:
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/asan/objects/tests/%.o: tests/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_asan) -Itests -c -o $@ $<

$(BUILD)/objects/tests/%.o: tests/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(COMPILE) $(CFLAGS_release) -Itests -c -o $@ $<

$(BUILD)/fuzz/objects/tests/%.o: tests/%.c $(BUILD)/flags | $(STAMPS)
	@mkdir -p $(@D)
	$(Q) $(FUZZ_COMPILE) $(CFLAGS_fuzz) -Itests -c -o $@ $<

support = $(patsubst %.c,$(BUILD)/asan/objects/%.o,$(filter tests/support/% \
    tests/$(1)/%,$(SUPPORT)))
UNIT_SUPPORT := $(call support,unit)
PAGE_SUPPORT := $(call support,pages)

$(BUILD)/asan/tests/unit/%: $(BUILD)/asan/objects/tests/unit/%.o \
    $(UNIT_SUPPORT) $(BUILD)/asan/libhearth.a
	@mkdir -p $(@D)
	$(Q) $(CC) $(LDFLAGS_asan) -o $@ $^ -lcmocka $(LIBRARIES)

$(BUILD)/asan/tests/pages/%: $(BUILD)/asan/objects/tests/pages/%.o \
    $(PAGE_SUPPORT) $(BUILD)/asan/libhearth.a
	@mkdir -p $(@D)
	$(Q) $(CC) $(LDFLAGS_asan) -o $@ $^ -lcmocka $(LIBRARIES)

$(BUILD)/asan/tests/replay/%: $(BUILD)/asan/objects/tests/fuzz/%.o \
    $(BUILD)/asan/objects/tests/run/replay.o $(BUILD)/asan/libhearth.a
	@mkdir -p $(@D)
	$(Q) $(CC) $(LDFLAGS_asan) -o $@ $(filter %.o,$^) $(filter %.a,$^) \
	    $(LIBRARIES)

$(BUILD)/fuzz/%: $(BUILD)/fuzz/objects/tests/fuzz/%.o $(BUILD)/fuzz/libhearth.a
	$(Q) $(CLANG) -fsanitize=fuzzer,address,undefined -o $@ \
	    $(filter %.o,$^) $(filter %.a,$^) $(LIBRARIES)

# The generators are no part of the library; their fuzz targets need all of
# them but the program around.
pure_objects = $(patsubst app/%.c,$(1)/objects/%.o,$(filter-out %/$(3).c,$(2)))
$(BUILD)/asan/tests/replay/queries: \
    $(call pure_objects,$(BUILD)/asan,$(GENERATOR_QUERIES),queries)
$(BUILD)/asan/tests/replay/templates: \
    $(call pure_objects,$(BUILD)/asan,$(GENERATOR_TEMPLATES),templates)
$(BUILD)/fuzz/queries: \
    $(call pure_objects,$(BUILD)/fuzz,$(GENERATOR_QUERIES),queries)
$(BUILD)/fuzz/templates: \
    $(call pure_objects,$(BUILD)/fuzz,$(GENERATOR_TEMPLATES),templates)

$(BUILD)/tests/%: $(BUILD)/objects/tests/%.o $(BUILD)/libhearth.a
	@mkdir -p $(@D)
	$(Q) $(CC) $(LDFLAGS_release) -pie -o $@ $^ $(LIBRARIES)

.SECONDARY:

# --- Commands ---------------------------------------------------------------

export BUILD VAR PORT

run:	## start Hearth with its demonstration on http://127.0.0.1:$(PORT)
	@exec setpriv --pdeathsig TERM conf/run/run.sh

test:	## run every test on a cluster of its own
	@tests/run/test.sh

soak:	## the fault tests with their full counts
	@tests/run/soak.sh

bench:	## measure, as ratios in one run, into build/bench.tsv
	@tests/bench/run.sh

fuzz:	## libFuzzer, FUZZ_SECONDS (60) for each parser
	@tests/run/fuzz.sh

check:	## format, warnings, layers, lint, and pages that lack a step
	@tests/check/check.sh

format:	## rewrite the C sources in the house format
	@tests/check/format.sh --fix

migrate:	## bring the database in VAR up to date
	@conf/run/migrate.sh

demo:	## throw the data in VAR away and load the demonstration again
	@conf/run/demo.sh

assets:	## build the static files into build/assets
	@conf/run/assets.sh

clean:	## remove build/; the data in VAR stays
	rm -rf $(BUILD)

help:	## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' \
	    Makefile

# --- Dependencies -----------------------------------------------------------

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
