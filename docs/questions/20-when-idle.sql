-- Platform engineer: in which hours of the week are accelerators idle?
select weekday, hour_of_day, sum(idle_accelerators) as idle_accelerators
from reporting.statement_idle_hours
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_idle_hours)
group by all
order by weekday, hour_of_day
