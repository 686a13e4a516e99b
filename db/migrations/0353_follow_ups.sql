-- After its report was given out a major incident is looked at again after thirty, sixty and ninety days, until somebody says
-- that its cause is gone for good. When that is due next; null before the report, and when it is over. What was reported
-- longer ago was promised no such look.
alter table major_incident add column follow_up_due timestamptz;

update major_incident m set follow_up_due = coalesce((
  select min(occurred_at) from history where subject_id = m.id and subject_type = 'major-incident'
    and kind = 'major-incident.report-issued'), m.report_issued_at) + interval '30 days'
where m.report_issued_at > now() - interval '30 days';
