/*
 * What the pages of the register share: whose page it is, whether the reader
 * may change it, and how a change is recorded and a conflict shown.
 */
#ifndef PROVIDERS_REGISTER_H
#define PROVIDERS_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/form.h"
#include "base/reply.h"
#include "providers/providers.h"
#include "providers/register_edit.sql.h"

/*
 * The provider that a page is about with its base path: of a council's staff
 * the one that the path names, of a provider itself. NULL provider when it is
 * absent or out of the reader's sight.
 */
struct provider_view register_view(struct request *r);

/* As register_view, but NULL also when the reader may not change it. */
struct provider_view register_view_to_edit(struct request *r);

/* Loads offices, contacts, locations, memberships and terms into it. */
void register_load(struct request *r, struct provider_view *view);

/*
 * The membership that the path names, of this provider and the reader's to
 * change; NULL otherwise. Loads memberships and terms into `view`.
 */
const struct register_member *register_member_to_edit(
    struct request *r, struct provider_view *view);

/* The name of the field of a part of the day: "spare_morning". */
const char *capacity_part_field(
    struct request *r, const struct member_day_part *part);

/* The number that a part of the path is; 0 when it is none. */
int64_t register_part_id(struct request *r, const char *name);

/*
 * Records a change of a provider: by staff for their council, which may pause
 * or restart it by its gates; by the provider for every council that it works
 * with. `detail` is JSON or NULL.
 */
void register_audit(struct request *r, const struct provider_view *view,
    const char *act, const char *detail);

/* The same of one membership, with what it holds now; `part` says what of. */
void register_audit_member(struct request *r, const struct provider_view *view,
    const struct register_member *member, const char *part);

#endif
