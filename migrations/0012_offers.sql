-- migrate:up
-- Rounds of offers, what was shown when they went out, and the replies.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE offer_round (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	package_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	package_version integer NOT NULL,
	policy_council_id bigint NOT NULL,
	policy_version_id bigint NOT NULL,
	wave text NOT NULL CHECK (wave IN ('chosen', 'single', 'all', 'best', 'one')),
	winner text NOT NULL CHECK (winner IN ('first', 'best')),
	sent_at timestamptz NOT NULL,
	reply_by timestamptz NOT NULL,
	start_wanted_at timestamptz NOT NULL,
	sent_by_id bigint REFERENCES account,
	settled_at timestamptz,
	outcome text CHECK (outcome IN ('placed', 'proposal', 'nobody', 'withdrawn')),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, package_id, number),
	FOREIGN KEY (council_id, package_id, package_version) REFERENCES package_version,
	FOREIGN KEY (policy_council_id, policy_version_id)
	    REFERENCES policy_version (council_id, id),
	CHECK (reply_by > sent_at),
	CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX offer_round_live ON offer_round (council_id, package_id)
    WHERE settled_at IS NULL;
CREATE INDEX offer_round_due ON offer_round (reply_by) WHERE settled_at IS NULL;
COMMENT ON TABLE offer_round IS
'Offers of one version of a package sent together. At most one round of a package is not settled; that makes the package offered.';
COMMENT ON COLUMN offer_round.policy_council_id IS 'Owner of the policy: the framework''s council.';
COMMENT ON COLUMN offer_round.wave IS 'Who was asked: the chosen provider alone, the only one there is, all, the best n, or one.';
COMMENT ON COLUMN offer_round.start_wanted_at IS 'What "meets the wanted start" is held against.';
COMMENT ON COLUMN offer_round.outcome IS
'placed; proposal: a later start for the broker to confirm; nobody: no acceptance; withdrawn by the council.';

CREATE TABLE match_line (
	council_id bigint NOT NULL,
	round_id bigint NOT NULL,
	position integer NOT NULL CHECK (position >= 1),
	organisation_id bigint NOT NULL REFERENCES organisation,
	organisation_name text NOT NULL,
	is_eligible boolean NOT NULL,
	failed_step text NOT NULL DEFAULT '',
	reason text NOT NULL,
	rate_pence bigint,
	weekly_price_pence bigint,
	fit_hundredths integer,
	points_hundredths integer,
	is_asked boolean NOT NULL DEFAULT false,
	left_out_reason text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, round_id, position),
	UNIQUE (council_id, round_id, organisation_id),
	FOREIGN KEY (council_id, round_id) REFERENCES offer_round
);
COMMENT ON TABLE match_line IS
'The ranking as it was shown when the offers went out, kept for a later challenge. Never shown to providers.';
COMMENT ON COLUMN match_line.failed_step IS 'The policy''s step that it failed; empty for the eligible.';
COMMENT ON COLUMN match_line.left_out_reason IS 'Why the broker left an eligible provider out.';

CREATE TABLE offer (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('O'),
	package_id bigint NOT NULL,
	round_id bigint NOT NULL,
	organisation_id bigint NOT NULL REFERENCES organisation,
	member_council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	package_version integer NOT NULL,
	position integer NOT NULL CHECK (position >= 1),
	sent_at timestamptz NOT NULL,
	reply_by timestamptz NOT NULL,
	start_wanted_at timestamptz NOT NULL,
	weekly_minutes integer NOT NULL,
	weekly_price_pence bigint,
	viewed_at timestamptz,
	reminded_at timestamptz,
	state text NOT NULL DEFAULT 'sent'
	    CHECK (state IN ('sent', 'accepted', 'declined', 'withdrawn')),
	result text CHECK (result IN ('proposed', 'chosen', 'not_selected',
	    'withdrawn_by_provider')),
	replied_at timestamptz,
	replied_by_id bigint REFERENCES account,
	told_by text NOT NULL DEFAULT '',
	start_offered_at timestamptz,
	rate_pence bigint CHECK (rate_pence > 0),
	decline_reason_id bigint REFERENCES care_term,
	note text NOT NULL DEFAULT '',
	points_hundredths integer,
	result_at timestamptz,
	result_reason text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, round_id, organisation_id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	FOREIGN KEY (council_id, round_id) REFERENCES offer_round,
	FOREIGN KEY (member_council_id, member_id)
	    REFERENCES framework_member (council_id, id),
	CHECK (state NOT IN ('accepted', 'declined') OR replied_at IS NOT NULL),
	CHECK (state <> 'accepted' OR start_offered_at IS NOT NULL),
	CHECK (state <> 'declined' OR decline_reason_id IS NOT NULL),
	CHECK (result IS NULL OR state = 'accepted'),
	CHECK (replied_at < reply_by)
);
CREATE INDEX offer_package ON offer (council_id, package_id, organisation_id);
CREATE INDEX offer_organisation ON offer (organisation_id, sent_at);
CREATE INDEX offer_remind ON offer (sent_at) WHERE state = 'sent' AND reminded_at IS NULL;
COMMENT ON TABLE offer IS
'A package offered to one provider. No reply is not a state: offer_state() works it out.';
COMMENT ON COLUMN offer.member_council_id IS 'Owner of the framework that the member is on.';
COMMENT ON COLUMN offer.position IS 'Place in the ranking when sent.';
COMMENT ON COLUMN offer.weekly_price_pence IS 'Price as shown; NULL where the reply names the rate.';
COMMENT ON COLUMN offer.result IS
'What became of an acceptance. proposed: a later start than wanted that the broker is to confirm.';
COMMENT ON COLUMN offer.told_by IS 'Who gave a telephoned reply; replied_by_id is then the broker who wrote it down.';
COMMENT ON COLUMN offer.points_hundredths IS 'Points of the reply when the round was settled by points.';
COMMENT ON COLUMN offer.result_reason IS 'Reason of a withdrawal, by either side.';

CREATE FUNCTION offer_state(state text, reply_by timestamptz, at timestamptz)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT CASE WHEN state = 'sent' AND at >= reply_by THEN 'no_reply' ELSE state END$$;
COMMENT ON FUNCTION offer_state(text, timestamptz, timestamptz) IS
'The state of an offer at an instant: sent, accepted, declined, withdrawn, or no_reply from reply_by on. The one place where expiry is decided; pages, reports and the settling of rounds use it.';
GRANT EXECUTE ON FUNCTION offer_state(text, timestamptz, timestamptz)
    TO hearth_web, hearth_jobs;

CREATE FUNCTION offer_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF (NEW.state, NEW.result) IS NOT DISTINCT FROM (OLD.state, OLD.result)
	THEN
		RETURN NEW;
	END IF;
	IF tenant_scope() = 'provider' THEN
		RAISE EXCEPTION 'a reply is given between settle_begin and settle_end'
		    USING ERRCODE = 'insufficient_privilege';
	END IF;
	IF OLD.state <> 'sent' AND NEW.state <> OLD.state THEN
		RAISE EXCEPTION 'offer % is % and stays so', OLD.reference, OLD.state
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF OLD.result NOT IN ('proposed', 'chosen')
	    OR (OLD.result = 'chosen'
	        AND NEW.result IS DISTINCT FROM 'withdrawn_by_provider')
	    OR (OLD.result = 'proposed' AND NEW.result IS NULL) THEN
		RAISE EXCEPTION 'offer % is % and stays so', OLD.reference, OLD.result
		    USING ERRCODE = 'restrict_violation';
	END IF;
	-- The caller decided under the package's lock a moment ago; should the
	-- reply time have passed since, the request runs again and is told so.
	IF OLD.state = 'sent' AND NEW.state <> 'sent'
	    AND clock_now() >= OLD.reply_by THEN
		RAISE EXCEPTION 'offer % has had no reply in time', OLD.reference
		    USING ERRCODE = 'serialization_failure';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION offer_guard() IS
'The second wall: declined, no reply, withdrawn and final results are never rewritten, an expired offer takes no reply (the request is run again), and a provider replies only under the package''s lock.';
CREATE TRIGGER offer_guard BEFORE UPDATE ON offer
    FOR EACH ROW EXECUTE FUNCTION offer_guard();

CREATE TABLE placement_request (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('D'),
	package_id bigint NOT NULL,
	organisation_id bigint NOT NULL REFERENCES organisation,
	member_council_id bigint,
	member_id bigint,
	reason text NOT NULL CHECK (reason <> ''),
	starts_at timestamptz NOT NULL,
	rate_pence bigint CHECK (rate_pence > 0),
	state text NOT NULL DEFAULT 'requested'
	    CHECK (state IN ('requested', 'approved', 'refused', 'cancelled')),
	requested_by_id bigint NOT NULL REFERENCES account,
	requested_at timestamptz NOT NULL DEFAULT clock_now(),
	decided_by_id bigint REFERENCES account,
	decided_at timestamptz,
	decision_note text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	FOREIGN KEY (member_council_id, member_id)
	    REFERENCES framework_member (council_id, id),
	CHECK (state NOT IN ('approved', 'refused')
	    OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL)),
	CHECK (state <> 'approved' OR decided_by_id <> requested_by_id),
	CHECK ((member_id IS NULL) = (member_council_id IS NULL))
);
CREATE UNIQUE INDEX placement_request_open ON placement_request
    (council_id, package_id) WHERE state = 'requested';
COMMENT ON TABLE placement_request IS
'A wish to place outside the ranking: with a reason, and approved by a second person.';

-- migrate:down
