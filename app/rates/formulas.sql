-- What the formulas for rates go by: rows with dates, of each kind.

-- row threshold_row (id bigint, starts_on date, name text, hourly_pence bigint)

-- query threshold_list (council bigint) many threshold_row
SELECT id, starts_on, name, hourly_pence FROM wage_threshold
 WHERE council_id = :council ORDER BY starts_on DESC;

-- query threshold_insert (council bigint, starts_on date, name text, hourly_pence bigint) none
-- 0 when there is one from that day already.
INSERT INTO wage_threshold (council_id, starts_on, name, hourly_pence)
VALUES (:council, :starts_on, :name, :hourly_pence) ON CONFLICT DO NOTHING;

-- query threshold_delete (council bigint, id bigint) none
DELETE FROM wage_threshold WHERE council_id = :council AND id = :id;

-- row cost_row (id bigint, starts_on date, travel_minutes integer,
--   mileage_pence bigint, holiday_hundredths integer,
--   insurance_hundredths integer, insurance_free_pence bigint,
--   pension_hundredths integer, overhead_pence bigint,
--   overhead_hundredths integer, margin_hundredths integer)

-- query cost_list (council bigint) many cost_row
SELECT id, starts_on, travel_minutes, mileage_pence, holiday_hundredths,
       insurance_hundredths, insurance_free_pence, pension_hundredths,
       overhead_pence, overhead_hundredths, margin_hundredths
  FROM wage_cost
 WHERE council_id = :council ORDER BY starts_on DESC;

-- query cost_insert (council bigint, starts_on date, travel_minutes integer, mileage_pence bigint, holiday_hundredths integer, insurance_hundredths integer, insurance_free_pence bigint, pension_hundredths integer, overhead_pence bigint, overhead_hundredths integer, margin_hundredths integer) none
-- 0 when there are some from that day already.
INSERT INTO wage_cost (council_id, starts_on, travel_minutes, mileage_pence,
    holiday_hundredths, insurance_hundredths, insurance_free_pence,
    pension_hundredths, overhead_pence, overhead_hundredths, margin_hundredths)
VALUES (:council, :starts_on, :travel_minutes, :mileage_pence,
    :holiday_hundredths, :insurance_hundredths, :insurance_free_pence,
    :pension_hundredths, :overhead_pence, :overhead_hundredths,
    :margin_hundredths) ON CONFLICT DO NOTHING;

-- query cost_delete (council bigint, id bigint) none
DELETE FROM wage_cost WHERE council_id = :council AND id = :id;

-- row uplift_row (id bigint, starts_on date, formula text,
--   wage_hundredths integer, price_hundredths integer,
--   inflation_hundredths integer, cap_pence bigint?)

-- query uplift_list (council bigint) many uplift_row
SELECT id, starts_on, formula, wage_hundredths, price_hundredths,
       inflation_hundredths, cap_pence
  FROM rate_uplift
 WHERE council_id = :council ORDER BY starts_on DESC;

-- query uplift_insert (council bigint, starts_on date, formula text, wage_hundredths integer, price_hundredths integer, inflation_hundredths integer, cap_pence bigint?) none
-- 0 when there is one from that day already.
INSERT INTO rate_uplift (council_id, starts_on, formula, wage_hundredths,
    price_hundredths, inflation_hundredths, cap_pence)
VALUES (:council, :starts_on, :formula, :wage_hundredths, :price_hundredths,
    :inflation_hundredths, :cap_pence) ON CONFLICT DO NOTHING;

-- query uplift_delete (council bigint, id bigint) none
DELETE FROM rate_uplift WHERE council_id = :council AND id = :id;
