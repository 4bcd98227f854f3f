-- ML engineer: how many hours of work did each attempt of my runs keep, and how many did it lose?
select
    team_id,
    billing_currency,
    run_id,
    attempt,
    status,
    sum(if(stretch_kind = 'kept', hours, 0)) as kept_hours,
    sum(if(stretch_kind = 'lost', hours, 0)) as lost_hours,
    sum(if(stretch_kind in ('running', 'unknown'), hours, null)) as unclear_hours
from reporting.statement_attempts
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_attempts)
group by all
order by lost_hours desc, team_id, billing_currency, run_id, attempt
