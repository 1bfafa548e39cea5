-- migrate:up
-- The words that needs, providers and packages are described with.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE care_term (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('service_user_group', 'age_band',
	    'service_kind', 'funding', 'specialism', 'language', 'culture',
	    'carer_gender', 'two_carers', 'medication_level', 'moving_handling',
	    'decline_reason', 'withdraw_reason', 'area_reason')),
	code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]*$'),
	label text NOT NULL CHECK (label <> ''),
	phrase text NOT NULL DEFAULT '',
	sort integer NOT NULL,
	is_active boolean NOT NULL DEFAULT true,
	UNIQUE (kind, code)
);
COMMENT ON TABLE care_term IS
'Every list to choose from, shared by all councils so that providers describe themselves once.';
COMMENT ON COLUMN care_term.phrase IS
'Fits "Not offering ..." in a reason: "dementia care". Empty: the label in small letters does.';
COMMENT ON COLUMN care_term.sort IS
'Order in a list; for medication_level a provider of one level can do those before it.';
COMMENT ON COLUMN care_term.is_active IS 'False: kept for old records, no longer offered.';

INSERT INTO care_term (kind, sort, code, label, phrase) VALUES
	('service_user_group', 1, 'older_people', 'Older people', 'care for older people'),
	('service_user_group', 2, 'physical_disability', 'Physical disability', 'care for people with a physical disability'),
	('service_user_group', 3, 'learning_disability', 'Learning disability', 'care for people with a learning disability'),
	('service_user_group', 4, 'mental_health', 'Mental health', 'care for people with mental ill health'),
	('service_user_group', 5, 'children', 'Children and young people', 'care for children and young people'),
	('age_band', 1, 'under_18', 'Under 18', ''),
	('age_band', 2, 'from_18', '18 to 64', ''),
	('age_band', 3, 'from_65', '65 to 74', ''),
	('age_band', 4, 'from_75', '75 to 84', ''),
	('age_band', 5, 'from_85', '85 and over', ''),
	('service_kind', 1, 'support_at_home', 'Support at home', 'support at home'),
	('service_kind', 2, 'reablement', 'Reablement', 'reablement'),
	('service_kind', 3, 'short_term', 'Short term', 'short-term care'),
	('funding', 1, 'council', 'Council', ''),
	('funding', 2, 'nhs_continuing_healthcare', 'NHS continuing healthcare', ''),
	('funding', 3, 'individual_service_fund', 'Individual Service Fund', ''),
	('funding', 4, 'direct_payment', 'Direct payment', ''),
	('specialism', 1, 'dementia', 'Dementia', 'dementia care'),
	('specialism', 2, 'end_of_life', 'End of life care', 'end of life care'),
	('specialism', 3, 'stroke', 'Stroke', 'care after a stroke'),
	('specialism', 4, 'parkinsons', 'Parkinson''s', 'Parkinson''s care'),
	('specialism', 5, 'autism', 'Autism', 'support for autistic people'),
	('specialism', 6, 'brain_injury', 'Brain injury', 'care after a brain injury'),
	('specialism', 7, 'behaviour', 'Behaviour that challenges', 'support with behaviour that challenges'),
	('specialism', 8, 'peg_feeding', 'PEG feeding', 'PEG feeding'),
	('specialism', 9, 'catheter_stoma', 'Catheter and stoma care', 'catheter and stoma care'),
	('specialism', 10, 'diabetes', 'Diabetes', 'diabetes care'),
	('specialism', 11, 'sensory_loss', 'Sight or hearing loss', 'support for people with sight or hearing loss'),
	('specialism', 12, 'substance_use', 'Alcohol and drugs', 'support with alcohol and drugs'),
	('language', 1, 'english', 'English', 'English'),
	('language', 2, 'bengali', 'Bengali', 'Bengali'),
	('language', 3, 'british_sign_language', 'British Sign Language', 'British Sign Language'),
	('language', 4, 'gujarati', 'Gujarati', 'Gujarati'),
	('language', 5, 'hindi', 'Hindi', 'Hindi'),
	('language', 6, 'italian', 'Italian', 'Italian'),
	('language', 7, 'lithuanian', 'Lithuanian', 'Lithuanian'),
	('language', 8, 'polish', 'Polish', 'Polish'),
	('language', 9, 'portuguese', 'Portuguese', 'Portuguese'),
	('language', 10, 'punjabi', 'Punjabi', 'Punjabi'),
	('language', 11, 'romanian', 'Romanian', 'Romanian'),
	('language', 12, 'urdu', 'Urdu', 'Urdu'),
	('culture', 1, 'hindu', 'Hindu', 'care in Hindu homes'),
	('culture', 2, 'jewish', 'Jewish', 'care in Jewish homes'),
	('culture', 3, 'muslim', 'Muslim', 'care in Muslim homes'),
	('culture', 4, 'sikh', 'Sikh', 'care in Sikh homes'),
	('culture', 5, 'christian', 'Christian', 'care in Christian homes'),
	('culture', 6, 'traveller', 'Gypsy, Roma and Traveller', 'care in Gypsy, Roma and Traveller homes'),
	('culture', 7, 'lgbt', 'LGBT+', 'care with LGBT+ awareness'),
	('carer_gender', 1, 'female', 'Female care worker', 'female care workers'),
	('carer_gender', 2, 'male', 'Male care worker', 'male care workers'),
	('two_carers', 1, 'two_carers', 'Two care workers at once', 'two care workers at once'),
	('medication_level', 1, 'prompt', 'Reminding about medicines', 'reminding about medicines'),
	('medication_level', 2, 'assist', 'Helping with medicines', 'helping with medicines'),
	('medication_level', 3, 'administer', 'Giving medicines', 'giving medicines'),
	('medication_level', 4, 'specialist', 'Giving medicines by special techniques', 'giving medicines by special techniques'),
	('moving_handling', 1, 'standing_aid', 'Standing aid', 'moving with a standing aid'),
	('moving_handling', 2, 'hoist', 'Hoist', 'moving with a hoist'),
	('moving_handling', 3, 'ceiling_track', 'Ceiling track hoist', 'moving with a ceiling track hoist'),
	('moving_handling', 4, 'bariatric', 'Bariatric equipment', 'moving with bariatric equipment'),
	('decline_reason', 1, 'no_capacity', 'We do not have the capacity', ''),
	('decline_reason', 2, 'call_times', 'We cannot do these visit times', ''),
	('decline_reason', 3, 'start', 'We cannot start in time', ''),
	('decline_reason', 4, 'too_far', 'It is too far from our other visits', ''),
	('decline_reason', 5, 'needs', 'We cannot meet these needs', ''),
	('decline_reason', 6, 'price', 'The price is too low', ''),
	('decline_reason', 7, 'other', 'Another reason', ''),
	('withdraw_reason', 1, 'staff', 'We no longer have the staff', ''),
	('withdraw_reason', 2, 'needs', 'The needs are other than we understood', ''),
	('withdraw_reason', 3, 'mistake', 'We accepted by mistake', ''),
	('withdraw_reason', 4, 'other', 'Another reason', ''),
	('area_reason', 1, 'border', 'The address lies across the border', ''),
	('area_reason', 2, 'road', 'It is reached from the other area', ''),
	('area_reason', 3, 'wrong', 'The suggestion is wrong', ''),
	('area_reason', 4, 'other', 'Another reason', '');

GRANT SELECT ON care_term TO hearth_web, hearth_jobs;

-- migrate:down
