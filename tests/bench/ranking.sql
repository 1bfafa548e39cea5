-- The market of matching.c as a register would hold it.
CREATE SCHEMA bench;
CREATE TABLE bench.provider (
    id bigint PRIMARY KEY,
    is_on_framework boolean NOT NULL,
    is_suspended boolean NOT NULL,
    has_monitoring_visit boolean NOT NULL,
    is_current_provider boolean NOT NULL,
    is_chosen boolean NOT NULL,
    last_awarded_at bigint NOT NULL,
    earliest_start_at bigint NOT NULL,
    call_slots bigint NOT NULL,
    rate_pence integer NOT NULL,
    distance_metres integer NOT NULL,
    quality_score integer NOT NULL,
    is_local integer NOT NULL,
    has_cared_before integer NOT NULL);
CREATE TABLE bench.provider_area (
    provider_id bigint, area_id bigint, PRIMARY KEY (area_id, provider_id));
CREATE TABLE bench.provider_group (
    provider_id bigint, group_id bigint, PRIMARY KEY (group_id, provider_id));
CREATE TABLE bench.provider_term (
    provider_id bigint, term_id bigint, PRIMARY KEY (provider_id, term_id));
