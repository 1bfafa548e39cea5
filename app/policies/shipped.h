/* The policies of conf/policies that ship with the product. */
#ifndef POLICIES_SHIPPED_H
#define POLICIES_SHIPPED_H

/* `code` is the name of its file without the ending. */
struct policy_shipped {
	const char *code;
	const char *document;
};

/* Ends with a NULL code. */
extern const struct policy_shipped policies_shipped[];

#endif
