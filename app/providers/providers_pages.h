/*
 * Pages of the register. The forms for contacts and capacity serve a
 * council's staff and the provider itself.
 */
#ifndef PROVIDERS_PROVIDERS_PAGES_H
#define PROVIDERS_PROVIDERS_PAGES_H

#include "base/reply.h"
#include "base/request.h"

struct reply provider_list(struct request *r);
struct reply provider_show(struct request *r);
struct reply provider_edit(struct request *r);
struct reply provider_update(struct request *r);

struct reply provider_office_new(struct request *r);
struct reply provider_office_create(struct request *r);
struct reply provider_office_edit(struct request *r);
struct reply provider_office_update(struct request *r);

struct reply provider_contact_new(struct request *r);
struct reply provider_contact_create(struct request *r);
struct reply provider_contact_edit(struct request *r);
struct reply provider_contact_update(struct request *r);

struct reply provider_location_new(struct request *r);
struct reply provider_location_create(struct request *r);
struct reply provider_location_edit(struct request *r);
struct reply provider_location_update(struct request *r);

struct reply member_areas_edit(struct request *r);
struct reply member_areas_update(struct request *r);
struct reply member_services_edit(struct request *r);
struct reply member_services_update(struct request *r);
struct reply member_capacity_edit(struct request *r);
struct reply member_capacity_update(struct request *r);
struct reply member_monitoring_edit(struct request *r);
struct reply member_monitoring_update(struct request *r);
struct reply member_status_edit(struct request *r);
struct reply member_status_update(struct request *r);

struct reply our_details_show(struct request *r);
struct reply our_contacts_show(struct request *r);
struct reply our_capacity_show(struct request *r);
struct reply our_languages_edit(struct request *r);
struct reply our_languages_update(struct request *r);

#endif
