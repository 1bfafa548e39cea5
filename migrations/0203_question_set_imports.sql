-- migrate:up
-- `hearth question-set import` puts sets of questions in from files, as the
-- jobs' role, which reads them already.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

GRANT INSERT, UPDATE ON question_set, question_set_version TO hearth_jobs;

-- migrate:down
