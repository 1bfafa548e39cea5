/* The site map, and how a path finds its row. */
#include "routes.h"

#include <string.h>

#include "accounts/accounts_pages.h"
#include "administration/administration_pages.h"
#include "areas/areas_pages.h"
#include "base/arena.h"
#include "clearing/clearing_pages.h"
#include "coverage/coverage_pages.h"
#include "gates/gates_pages.h"
#include "markettests/markettests_pages.h"
#include "messages/messages_pages.h"
#include "offers/bundle_pages.h"
#include "offers/offers_pages.h"
#include "packages/packages_pages.h"
#include "pages/pages.h"
#include "placements/placements_pages.h"
#include "policies/policies_pages.h"
#include "providers/providers_pages.h"
#include "rates/rates_pages.h"
#include "waiting/waiting_pages.h"

/* clang-format off */
const struct route routes[] = {
	/* method path                 handler              who         */
	{ GET,  "/",                   home_show,           ANYONE },
	{ GET,  "/ready",              ready_show,          ANYONE,
	    ROUTE_NO_SESSION },
	{ GET,  "/accessibility",      accessibility_show,  ANYONE },
	{ GET,  "/cookies",            cookies_show,        ANYONE },
	{ GET,  "/privacy",            privacy_show,        ANYONE },

	/* accounts */
	{ GET,  "/sign-in",            sign_in_new,         ANYONE },
	{ POST, "/sign-in",            sign_in_create,      ANYONE,
	    ROUTE_NO_ONCE },
	{ POST, "/sign-out",           sign_out_run,        SIGNED_IN,
	    ROUTE_NO_ONCE },
	{ POST, "/session/extend",     session_extend_run,  SIGNED_IN,
	    ROUTE_NO_ONCE },
	{ GET,  "/forgotten-password", forgotten_password_new, ANYONE },
	{ POST, "/forgotten-password", forgotten_password_create, ANYONE },
	{ GET,  "/reset-password/:token", password_reset_edit, ANYONE },
	{ POST, "/reset-password/:token", password_reset_update, ANYONE },
	{ GET,  "/invitation/:token",  invitation_edit,     ANYONE },
	{ POST, "/invitation/:token",  invitation_update,   ANYONE },
	{ GET,  "/change-password",    password_edit,       SIGNED_IN },
	{ POST, "/change-password",    password_update,     SIGNED_IN },
	{ GET,  "/switch-role",        own_role_edit,       SIGNED_IN },
	{ POST, "/switch-role",        own_role_update,     SIGNED_IN },
	{ GET,  "/accounts",           account_list,        ACCOUNT_MANAGE },
	{ GET,  "/accounts/invite",    account_new,         ACCOUNT_MANAGE },
	{ POST, "/accounts/invite",    account_create,      ACCOUNT_MANAGE },
	{ GET,  "/accounts/wall",      wall_show,           WALL_RAISE },
	{ POST, "/accounts/wall",      wall_create,         WALL_RAISE },
	{ GET,  "/accounts/:reference", account_show,       ACCOUNT_MANAGE },
	{ POST, "/accounts/:reference", account_update,     ACCOUNT_MANAGE },

	/* administration */
	{ GET,  "/audit",              audit_list_show,     AUDIT_READ },

	/* market tests */
	{ GET,  "/market-tests",       market_test_list_show, ANYONE },
	{ GET,  "/market-tests/new",   market_test_new,     MARKET_TEST_WRITE },
	{ POST, "/market-tests/new",   market_test_create,  MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference", market_test_show, ANYONE },
	{ GET,  "/market-tests/:reference/preview",
	    market_test_preview_show, MARKET_TEST_READ },
	{ GET,  "/market-tests/:reference/edit",
	    market_test_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/edit",
	    market_test_update, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/publish",
	    market_test_publish_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/publish",
	    market_test_publish_update, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/close",
	    market_test_close_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/close",
	    market_test_close_update, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/correct",
	    market_test_correct_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/correct",
	    market_test_correct_update, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/withdraw",
	    market_test_withdraw_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/withdraw",
	    market_test_withdraw_update, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/decide",
	    market_test_decide_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/decide",
	    market_test_decide_update, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/remove",
	    market_test_remove, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/invitations",
	    market_test_invitation_list_show, MARKET_TEST_READ },
	{ POST, "/market-tests/:reference/invitations",
	    market_test_invitation_create, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/invitations/providers",
	    market_test_provider_invite_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/invitations/providers",
	    market_test_provider_invite_update, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/invitations/:invitation/remove",
	    market_test_invitation_remove_run, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/open",
	    market_test_open_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/open",
	    market_test_open_run, MARKET_TEST_WRITE },
	{ GET,  "/market-tests/:reference/finish",
	    market_test_finish_edit, MARKET_TEST_WRITE },
	{ POST, "/market-tests/:reference/finish",
	    market_test_finish_run, MARKET_TEST_WRITE },

	/* policies */
	{ GET,  "/policies",           policy_list_show,    POLICY_READ },
	{ GET,  "/policies/new",       policy_new,          POLICY_WRITE },
	{ POST, "/policies/new",       policy_create,       POLICY_WRITE },
	{ GET,  "/policies/import",    policy_import_new,   POLICY_WRITE },
	{ POST, "/policies/import",    policy_import_create, POLICY_WRITE,
	    ROUTE_FILES },
	{ GET,  "/policies/:reference", policy_show,        POLICY_READ },
	{ GET,  "/policies/:reference/draft", policy_draft_show,
	    POLICY_WRITE },
	{ GET,  "/policies/:reference/draft/discard", policy_discard_edit,
	    POLICY_WRITE },
	{ POST, "/policies/:reference/draft/discard", policy_discard_run,
	    POLICY_WRITE },
	{ GET,  "/policies/:reference/draft/:part", policy_part_edit,
	    POLICY_WRITE },
	{ POST, "/policies/:reference/draft/:part", policy_part_update,
	    POLICY_WRITE },
	{ GET,  "/policies/:reference/draft/:list/new", policy_step_new,
	    POLICY_WRITE },
	{ POST, "/policies/:reference/draft/:list/new", policy_step_create,
	    POLICY_WRITE },
	{ POST, "/policies/:reference/draft/:list/move", policy_step_move,
	    POLICY_WRITE },
	{ GET,  "/policies/:reference/draft/:list/:step", policy_step_edit,
	    POLICY_WRITE },
	{ POST, "/policies/:reference/draft/:list/:step", policy_step_update,
	    POLICY_WRITE },
	{ GET,  "/policies/:reference/versions/:number", policy_version_show,
	    POLICY_READ },
	{ GET,  "/policies/:reference/versions/:number/document.json",
	    policy_version_download, POLICY_READ },
	{ POST, "/policies/:reference/versions/:number/edit",
	    policy_draft_create, POLICY_WRITE },
	{ GET,  "/policies/:reference/versions/:number/copy",
	    policy_copy_new, POLICY_WRITE },
	{ POST, "/policies/:reference/versions/:number/copy",
	    policy_copy_create, POLICY_WRITE },
	{ GET,  "/policies/:reference/versions/:number/try",
	    policy_trial_show, POLICY_WRITE },
	{ GET,  "/policies/:reference/versions/:number/put-in-force",
	    policy_force_edit, POLICY_WRITE },
	{ POST, "/policies/:reference/versions/:number/put-in-force",
	    policy_force_update, POLICY_WRITE },
	{ POST, "/policies/:reference/versions/:number/call-off",
	    policy_call_off_run, POLICY_WRITE },
	{ GET,  "/policies/:reference/versions/:number/retire",
	    policy_retire_edit, POLICY_WRITE },
	{ POST, "/policies/:reference/versions/:number/retire",
	    policy_retire_run, POLICY_WRITE },

	/* rates */
	{ GET,  "/rates",              rate_list_show,      RATE_READ },
	{ GET,  "/rates/new",          rate_new,            RATE_WRITE },
	{ POST, "/rates/new",          rate_create,         RATE_WRITE },
	{ GET,  "/rates/import",       rate_import_new,     RATE_WRITE },
	{ POST, "/rates/import",       rate_import_create,  RATE_WRITE,
	    ROUTE_FILES },
	{ GET,  "/rates/formulas",     formula_list_show,   RATE_READ },
	{ GET,  "/rates/formulas/:kind/new", formula_new,   RATE_WRITE },
	{ POST, "/rates/formulas/:kind/new", formula_create, RATE_WRITE },
	{ POST, "/rates/formulas/:kind/remove", formula_remove, RATE_WRITE },
	{ GET,  "/rates/wage",         wage_trial_show,     RATE_READ },
	{ GET,  "/rates/uplift",       uplift_trial_show,   RATE_READ },
	{ GET,  "/rates/:reference",   rate_show,           RATE_READ },
	{ GET,  "/rates/:reference/price", rate_price_show, RATE_READ },
	{ GET,  "/rates/:reference/mix", rate_mix_show,     RATE_READ },
	{ GET,  "/rates/:reference/versions/:number", rate_version_show,
	    RATE_READ },
	{ GET,  "/rates/:reference/versions/:number/document.json",
	    rate_version_download, RATE_READ },
	{ POST, "/rates/:reference/versions/:number/copy", rate_draft_create,
	    RATE_WRITE },
	{ GET,  "/rates/:reference/versions/:number/edit", rate_edit,
	    RATE_WRITE },
	{ POST, "/rates/:reference/versions/:number/edit", rate_update,
	    RATE_WRITE },
	{ GET,  "/rates/:reference/versions/:number/replace", rate_replace_edit,
	    RATE_WRITE },
	{ POST, "/rates/:reference/versions/:number/replace",
	    rate_replace_update, RATE_WRITE, ROUTE_FILES },
	{ GET,  "/rates/:reference/versions/:number/put-in-force",
	    rate_force_edit, RATE_WRITE },
	{ POST, "/rates/:reference/versions/:number/put-in-force",
	    rate_force_update, RATE_WRITE },
	{ POST, "/rates/:reference/versions/:number/call-off",
	    rate_call_off_run, RATE_WRITE },
	{ GET,  "/rates/:reference/versions/:number/discard",
	    rate_discard_edit, RATE_WRITE },
	{ POST, "/rates/:reference/versions/:number/discard",
	    rate_discard_run, RATE_WRITE },

	/* mail and tasks */
	{ GET,  "/mail",               mail_list_show,      MAIL_READ },
	{ GET,  "/mail/:id",           mail_show,           MAIL_READ },
	{ GET,  "/tasks",              task_list_show,      PACKAGE_READ },
	{ POST, "/tasks",              task_update,         PACKAGE_WRITE },

	/* the waiting list */
	{ GET,  "/waiting",            waiting_show,        WAITING_READ },
	{ GET,  "/waiting.csv",        waiting_download,    WAITING_READ },

	{ GET,  "/clearing",           clearing_list_show,  CLEARING_READ },
	{ POST, "/clearing",           clearing_create,     CLEARING_WRITE },
	{ GET,  "/clearing/:reference", clearing_show,      CLEARING_READ },
	{ POST, "/clearing/:reference", clearing_send_run,  OFFER_SEND },
	{ GET,  "/clearing/:reference/:file", clearing_download,
	    CLEARING_READ },

	/* areas, and how they are covered */
	{ GET,  "/areas",              area_list_show,      PROVIDER_READ },
	{ GET,  "/coverage",           coverage_show,       COVERAGE_READ },
	{ GET,  "/coverage/schemes/new", area_plan_new,     AREA_PLAN_WRITE },
	{ POST, "/coverage/schemes/new", area_plan_create,  AREA_PLAN_WRITE },
	{ GET,  "/coverage/schemes/:reference", area_plan_edit,
	    AREA_PLAN_WRITE },
	{ POST, "/coverage/schemes/:reference", area_plan_update_run,
	    AREA_PLAN_WRITE },

	/* conditions of frameworks */
	{ GET,  "/gates",              gate_list_show,      PROVIDER_READ },
	{ GET,  "/gates/:framework/new", gate_new,          GATE_WRITE },
	{ POST, "/gates/:framework/new", gate_create,       GATE_WRITE },
	{ GET,  "/gates/:framework/:gate", gate_edit,       GATE_WRITE },
	{ POST, "/gates/:framework/:gate", gate_update,     GATE_WRITE },

	/* packages and the people they are for */
	{ GET,  "/packages", package_list_show, PACKAGE_READ },
	{ POST, "/packages", package_list_find, PACKAGE_READ },
	{ GET,  "/packages/new", package_new, PACKAGE_WRITE },
	{ POST, "/packages/new", package_create, PACKAGE_WRITE },
	{ GET,  "/people/new", person_new, PACKAGE_WRITE },
	{ POST, "/people/new", person_create, PACKAGE_WRITE },
	{ GET,  "/people/:reference", person_show, PACKAGE_READ },
	{ GET,  "/people/:reference/edit", person_edit, PACKAGE_WRITE },
	{ POST, "/people/:reference/edit", person_update_run, PACKAGE_WRITE },
	{ GET,  "/people/:reference/contacts/new", contact_edit,
	    PACKAGE_WRITE },
	{ POST, "/people/:reference/contacts/new", contact_update_run,
	    PACKAGE_WRITE },
	{ POST, "/people/:reference/contacts/none", contact_none_run,
	    PACKAGE_WRITE },
	{ GET,  "/people/:reference/contacts/:contact", contact_edit,
	    PACKAGE_WRITE },
	{ POST, "/people/:reference/contacts/:contact", contact_update_run,
	    PACKAGE_WRITE },
	{ GET,  "/people/:reference/key-safe", key_safe_edit, PACKAGE_WRITE },
	{ POST, "/people/:reference/key-safe", key_safe_update, PACKAGE_WRITE },
	{ POST, "/people/:reference/key-safe/show", key_safe_show_run,
	    PACKAGE_READ },
	{ GET,  "/packages/:reference", package_show, PACKAGE_READ },
	{ GET,  "/packages/:reference/person", package_person_show,
	    PACKAGE_READ },
	{ GET,  "/packages/:reference/funding", package_funding_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/funding", package_funding_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/place", package_place_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/place", package_place_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/area", package_area_edit, PACKAGE_WRITE },
	{ POST, "/packages/:reference/area", package_area_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/group", package_group_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/group", package_group_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/needs", package_needs_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/needs", package_needs_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/before-coming",
	    package_before_coming_edit, PACKAGE_WRITE },
	{ POST, "/packages/:reference/before-coming",
	    package_before_coming_update, PACKAGE_WRITE },
	{ GET,  "/packages/:reference/start", package_start_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/start", package_start_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/choice", package_choice_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/choice", package_choice_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/waiting", package_waiting_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/waiting", package_waiting_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/price", package_price_show,
	    PACKAGE_READ },
	{ GET,  "/packages/:reference/visits", package_visit_list,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/visits/new", package_visit_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/visits/new", package_visit_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/visits/:visit", package_visit_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/visits/:visit", package_visit_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/outcomes", package_outcome_list,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/outcomes/new", package_outcome_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/outcomes/new", package_outcome_update,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/outcomes/:outcome", package_outcome_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/outcomes/:outcome",
	    package_outcome_update, PACKAGE_WRITE },
	{ GET,  "/packages/:reference/check", package_check_show,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/check", package_submit_run,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/change", package_change_show,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/cancel", package_cancel_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/cancel", package_cancel_run,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/close", package_close_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/close", package_close_run,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/reopen", package_reopen_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/reopen", package_reopen_run,
	    PACKAGE_WRITE },
	{ GET,  "/packages/:reference/assign", package_assign_edit,
	    PACKAGE_WRITE },
	{ POST, "/packages/:reference/assign", package_assign_run,
	    PACKAGE_WRITE },

	/* providers: the register, and below it a provider's own side */
	{ GET,  "/providers",          provider_list,       PROVIDER_READ },
	{ GET,  "/providers/:reference", provider_show,     PROVIDER_READ },
	{ GET,  "/providers/:reference/details",
	    provider_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/details",
	    provider_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/offices/new",
	    provider_office_new, PROVIDER_WRITE },
	{ POST, "/providers/:reference/offices/new",
	    provider_office_create, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/offices/:office",
	    provider_office_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/offices/:office",
	    provider_office_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/contacts/new",
	    provider_contact_new, PROVIDER_WRITE },
	{ POST, "/providers/:reference/contacts/new",
	    provider_contact_create, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/contacts/:contact",
	    provider_contact_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/contacts/:contact",
	    provider_contact_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/locations/new",
	    provider_location_new, PROVIDER_WRITE },
	{ POST, "/providers/:reference/locations/new",
	    provider_location_create, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/locations/:location",
	    provider_location_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/locations/:location",
	    provider_location_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/memberships/:member/areas",
	    member_areas_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/memberships/:member/areas",
	    member_areas_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/memberships/:member/services",
	    member_services_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/memberships/:member/services",
	    member_services_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/memberships/:member/capacity",
	    member_capacity_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/memberships/:member/capacity",
	    member_capacity_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/memberships/:member/monitoring",
	    member_monitoring_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/memberships/:member/monitoring",
	    member_monitoring_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/memberships/:member/status",
	    member_status_edit, PROVIDER_WRITE },
	{ POST, "/providers/:reference/memberships/:member/status",
	    member_status_update, PROVIDER_WRITE },
	{ GET,  "/providers/:reference/facts", fact_list_show,
	    PROVIDER_READ },
	{ GET,  "/providers/:reference/facts/new", fact_new, PROVIDER_WRITE },
	{ POST, "/providers/:reference/facts/new", fact_create,
	    PROVIDER_WRITE },
	{ GET,  "/providers/:reference/facts/:fact", fact_edit,
	    PROVIDER_WRITE },
	{ POST, "/providers/:reference/facts/:fact", fact_update,
	    PROVIDER_WRITE },
	{ GET,  "/providers/:reference/renewals/:renewal", renewal_edit,
	    PROVIDER_WRITE },
	{ POST, "/providers/:reference/renewals/:renewal", renewal_update,
	    PROVIDER_WRITE },
	{ GET,  "/our-details/facts",  fact_list_show,      OWN_PROVIDER_READ },
	{ GET,  "/our-details/facts/renew", renewal_new, OWN_PROVIDER_WRITE },
	{ POST, "/our-details/facts/renew", renewal_create,
	    OWN_PROVIDER_WRITE },
	{ GET,  "/our-details",        our_details_show,    OWN_PROVIDER_READ },
	{ GET,  "/our-details/contacts", our_contacts_show, OWN_PROVIDER_READ },
	{ GET,  "/our-details/contacts/new",
	    provider_contact_new, OWN_PROVIDER_WRITE },
	{ POST, "/our-details/contacts/new",
	    provider_contact_create, OWN_PROVIDER_WRITE },
	{ GET,  "/our-details/contacts/:contact",
	    provider_contact_edit, OWN_PROVIDER_WRITE },
	{ POST, "/our-details/contacts/:contact",
	    provider_contact_update, OWN_PROVIDER_WRITE },
	{ GET,  "/our-details/capacity", our_capacity_show, OWN_PROVIDER_READ },
	{ GET,  "/our-details/capacity/:member",
	    member_capacity_edit, OWN_PROVIDER_WRITE },
	{ POST, "/our-details/capacity/:member",
	    member_capacity_update, OWN_PROVIDER_WRITE },
	{ GET,  "/our-details/languages",
	    our_languages_edit, OWN_PROVIDER_WRITE },
	{ POST, "/our-details/languages",
	    our_languages_update, OWN_PROVIDER_WRITE },

	/* offers: the council's side */
	{ GET,  "/packages/:reference/match", match_show,   PACKAGE_READ },
	{ POST, "/packages/:reference/match", match_send,   OFFER_SEND },
	{ GET,  "/packages/:reference/rounds/:number", round_show,
	    PACKAGE_READ },
	{ GET,  "/packages/:reference/offers/:offer/record", offer_record_new,
	    OFFER_SEND },
	{ POST, "/packages/:reference/offers/:offer/record",
	    offer_record_create, OFFER_SEND },
	{ GET,  "/packages/:reference/offers/:offer/confirm",
	    offer_confirm_edit, OFFER_SEND },
	{ POST, "/packages/:reference/offers/:offer/confirm",
	    offer_confirm_update, OFFER_SEND },
	{ GET,  "/bundles/:reference", bundle_council_show, PACKAGE_READ },
	{ GET,  "/bundles/:reference/record", bundle_record_new, OFFER_SEND },
	{ POST, "/bundles/:reference/record", bundle_record_create,
	    OFFER_SEND },
	{ GET,  "/packages/:reference/go-on", round_go_on_new, OFFER_SEND },
	{ POST, "/packages/:reference/go-on", round_go_on_create,
	    OFFER_SEND },
	{ GET,  "/packages/:reference/withdraw", round_withdraw_new,
	    OFFER_SEND },
	{ POST, "/packages/:reference/withdraw", round_withdraw_create,
	    OFFER_SEND },
	{ GET,  "/packages/:reference/outside-ranking",
	    placement_request_new, OFFER_SEND },
	{ POST, "/packages/:reference/outside-ranking",
	    placement_request_create, OFFER_SEND },
	{ GET,  "/packages/:reference/individual-rate", individual_rate_show,
	    PACKAGE_READ },
	{ POST, "/packages/:reference/individual-rate", individual_rate_update,
	    INDIVIDUAL_RATE_APPROVE },
	{ GET,  "/packages/:reference/individual-rate/new",
	    individual_rate_new, PACKAGE_WRITE },
	{ POST, "/packages/:reference/individual-rate/new",
	    individual_rate_create, PACKAGE_WRITE },
	{ POST, "/packages/:reference/individual-rate/remove",
	    individual_rate_remove, PACKAGE_WRITE },
	{ GET,  "/approvals",          approval_list,       PLACEMENT_APPROVE },
	{ GET,  "/approvals/:reference", approval_edit,     PLACEMENT_APPROVE },
	{ POST, "/approvals/:reference", approval_update,   PLACEMENT_APPROVE },

	/* offers: the provider's side */
	{ GET,  "/offers",             offer_list,          OFFER_ANSWER },
	{ GET,  "/offers/:reference",  offer_show,          OFFER_ANSWER },
	{ GET,  "/offers/:reference/accept", offer_accept_new, OFFER_ANSWER },
	{ POST, "/offers/:reference/accept", offer_accept_create,
	    OFFER_ANSWER },
	{ GET,  "/offers/:reference/decline", offer_decline_new,
	    OFFER_ANSWER },
	{ POST, "/offers/:reference/decline", offer_decline_create,
	    OFFER_ANSWER },
	{ GET,  "/offers/:reference/withdraw", offer_withdraw_new,
	    OFFER_ANSWER },
	{ POST, "/offers/:reference/withdraw", offer_withdraw_create,
	    OFFER_ANSWER },

	{ GET,  "/offers/bundles/:reference", bundle_show,  OFFER_ANSWER },
	{ GET,  "/offers/bundles/:reference/accept", bundle_accept_new,
	    OFFER_ANSWER },
	{ POST, "/offers/bundles/:reference/accept", bundle_accept_create,
	    OFFER_ANSWER },
	{ GET,  "/offers/bundles/:reference/decline", bundle_decline_new,
	    OFFER_ANSWER },
	{ POST, "/offers/bundles/:reference/decline", bundle_decline_create,
	    OFFER_ANSWER },

	/* placements, for both sides */
	{ GET,  "/placements",         placement_list,      PLACEMENT_READ },
	{ GET,  "/placements/:reference", placement_show,   PLACEMENT_READ },
	{ POST, "/placements/:reference/key-safe", placement_key_safe_run,
	    PLACEMENT_WRITE },
	{ GET,  "/placements/:reference/end", placement_end_new,
	    PLACEMENT_WRITE },
	{ POST, "/placements/:reference/end", placement_end_create,
	    PLACEMENT_WRITE },
};
/* clang-format on */

const size_t route_count = sizeof(routes) / sizeof(routes[0]);

/* Parts of a path are letters, digits and "-._~": nothing to decode. */
static bool
is_part(const char *text, size_t length)
{
	size_t i;

	if (length == 0 || length > 64)
		return false;
	for (i = 0; i < length; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~",
			text[i]) == NULL)
			return false;
	return true;
}

static bool
pattern_fits(struct arena *arena, const char *pattern, const char *path,
    struct pair *parts, size_t *count)
{
	*count = 0;
	while (*pattern != '\0') {
		size_t name_length, length;

		if (*pattern != ':') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		name_length = strcspn(++pattern, "/");
		length = strcspn(path, "/");
		if (!is_part(path, length))
			return false;
		parts[*count].name = arena_strndup(arena, pattern, name_length);
		parts[*count].value = arena_strndup(arena, path, length);
		(*count)++;
		pattern += name_length;
		path += length;
	}
	return *path == '\0';
}

const struct route *
route_find(struct arena *arena, enum method method, const char *path,
    struct pair_list *parts, bool *other)
{
	enum { MOST_PARTS = 4 };
	struct pair *rows = arena_array(arena, MOST_PARTS, sizeof(*rows));
	size_t i, count;

	*other = false;
	for (i = 0; i < route_count; i++) {
		if (!pattern_fits(arena, routes[i].pattern, path, rows, &count))
			continue;
		if (routes[i].method != method) {
			*other = true;
			continue;
		}
		parts->row = rows;
		parts->count = count;
		return &routes[i];
	}
	return NULL;
}
