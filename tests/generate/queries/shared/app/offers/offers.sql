-- row provider from providers/providers.sql

-- query provider_of_offer (offer bigint) one provider
SELECT id, name FROM provider WHERE offer_id = :offer;
