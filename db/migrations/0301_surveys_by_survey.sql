-- How many were asked by a survey and answered it, without reading every invitation that there is (a million of them took
-- three seconds).
create index survey_invitation_survey on survey_invitation (survey_id);
create index survey_answer_survey on survey_answer (survey_id);
create index anonymous_answer_survey on anonymous_answer (survey_id);
