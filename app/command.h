/*
 * The commands of the program `hearth`. Each lives in a file of its own,
 * app/command_NAME.c or in its capability, and is a row of command.c.
 */
#ifndef COMMAND_H
#define COMMAND_H

/*
 * Gives the exit code: 0 done, 1 not done, 2 not understood. `argv[0]` is
 * the command's own name.
 */
int command_check(int argc, char **argv);
int command_jobs(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_account(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_match(int argc, char **argv);
int command_import(int argc, char **argv);
int command_question_set(int argc, char **argv);

#endif
