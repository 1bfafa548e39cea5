-- row provider (id bigint, name text)

-- query provider_list () many provider
SELECT id, name FROM provider;
