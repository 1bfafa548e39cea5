-- migrate:up
-- Questions of a market test may be about areas: whoever may answer sees them.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE POLICY asked_read ON area_scheme FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM market_test t
        WHERE t.council_id = area_scheme.council_id
          AND t.published_at IS NOT NULL));
CREATE POLICY asked_read ON area FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM market_test t
        WHERE t.council_id = area.council_id
          AND t.published_at IS NOT NULL));

-- migrate:down
