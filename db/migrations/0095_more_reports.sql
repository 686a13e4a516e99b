-- Reports of the relationship and of how the provider keeps its own rhythm; both are for its own people.
alter table review drop constraint review_report_check,
  add constraint review_report_check
    check (report in ('R01', 'R03', 'R14', 'R15-gm', 'R15-cfo', 'R19', 'R31', 'R32', 'R35', 'R38'));
alter table report_schedule drop constraint report_schedule_report_check,
  add constraint report_schedule_report_check
    check (report in ('R01', 'R03', 'R14', 'R15-gm', 'R15-cfo', 'R19', 'R31', 'R32', 'R35', 'R38'));
