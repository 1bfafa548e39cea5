/*
 * Pages of the register. The forms for contacts and capacity serve a
 * council's staff and the provider itself.
 */
#ifndef PROVIDERS_PROVIDERS_PAGES_H
#define PROVIDERS_PROVIDERS_PAGES_H

#include "base/reply.h"
#include "base/request.h"

/* GET /providers */
struct reply provider_list(struct request *r);
/* GET /providers/:reference */
struct reply provider_show(struct request *r);
/* GET /providers/:reference/details */
struct reply provider_edit(struct request *r);
/* POST /providers/:reference/details */
struct reply provider_update(struct request *r);

/* GET /providers/:reference/offices/new */
struct reply provider_office_new(struct request *r);
/* POST /providers/:reference/offices/new */
struct reply provider_office_create(struct request *r);
/* GET /providers/:reference/offices/:office */
struct reply provider_office_edit(struct request *r);
/* POST /providers/:reference/offices/:office */
struct reply provider_office_update(struct request *r);

/*
 * GET /providers/:reference/contacts/new
 * GET /our-details/contacts/new
 */
struct reply provider_contact_new(struct request *r);
/*
 * POST /providers/:reference/contacts/new
 * POST /our-details/contacts/new
 */
struct reply provider_contact_create(struct request *r);
/*
 * GET /providers/:reference/contacts/:contact
 * GET /our-details/contacts/:contact
 */
struct reply provider_contact_edit(struct request *r);
/*
 * POST /providers/:reference/contacts/:contact
 * POST /our-details/contacts/:contact
 */
struct reply provider_contact_update(struct request *r);

/* GET /providers/:reference/locations/new */
struct reply provider_location_new(struct request *r);
/* POST /providers/:reference/locations/new */
struct reply provider_location_create(struct request *r);
/* GET /providers/:reference/locations/:location */
struct reply provider_location_edit(struct request *r);
/* POST /providers/:reference/locations/:location */
struct reply provider_location_update(struct request *r);

/* GET /providers/:reference/memberships/:member/areas */
struct reply member_areas_edit(struct request *r);
/* POST /providers/:reference/memberships/:member/areas */
struct reply member_areas_update(struct request *r);
/* GET /providers/:reference/memberships/:member/services */
struct reply member_services_edit(struct request *r);
/* POST /providers/:reference/memberships/:member/services */
struct reply member_services_update(struct request *r);
/*
 * GET /providers/:reference/memberships/:member/capacity
 * GET /our-details/capacity/:member
 */
struct reply member_capacity_edit(struct request *r);
/*
 * POST /providers/:reference/memberships/:member/capacity
 * POST /our-details/capacity/:member
 */
struct reply member_capacity_update(struct request *r);
/* GET /providers/:reference/memberships/:member/monitoring */
struct reply member_monitoring_edit(struct request *r);
/* POST /providers/:reference/memberships/:member/monitoring */
struct reply member_monitoring_update(struct request *r);
/* GET /providers/:reference/memberships/:member/status */
struct reply member_status_edit(struct request *r);
/* POST /providers/:reference/memberships/:member/status */
struct reply member_status_update(struct request *r);

/* GET /our-details */
struct reply our_details_show(struct request *r);
/* GET /our-details/contacts */
struct reply our_contacts_show(struct request *r);
/* GET /our-details/capacity */
struct reply our_capacity_show(struct request *r);
/* GET /our-details/languages */
struct reply our_languages_edit(struct request *r);
/* POST /our-details/languages */
struct reply our_languages_update(struct request *r);

#endif
