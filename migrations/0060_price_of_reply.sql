-- migrate:up
-- The price of a week is kept with the reply that names the rate.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

COMMENT ON COLUMN offer.weekly_price_pence IS
'Price of the week of the version that was offered: as shown, or at the rate of an acceptance that names one; NULL until then.';

-- migrate:down
