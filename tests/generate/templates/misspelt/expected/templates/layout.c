/* Made by app/generate/templates.c; change the template instead. */
#include "base/html.h"
#include "base/request.h"
#include "parts.h"

void
part_layout_open(struct request *r)
{
	(void)r;
}

void
part_layout_close(struct request *r)
{
	(void)r;
}
