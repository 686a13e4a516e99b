-- After its report was given out a major incident is looked at again after thirty, sixty and ninety days, until somebody says
-- that its cause is gone for good. When that is due next; null before the report, and when it is over.
alter table major_incident add column follow_up_due timestamptz;

update major_incident m set follow_up_due = issued.first + interval '30 days'
from (select subject_id, min(occurred_at) as first from history
  where subject_type = 'major-incident' and kind = 'major-incident.report-issued' group by subject_id) issued
where issued.subject_id = m.id;
