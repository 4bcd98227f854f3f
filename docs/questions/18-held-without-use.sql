-- Team lead: which of my workloads hold accelerators without using them, and what does that cost?
select team_id, workload_id, accelerator_model, idle_hours, idle_cost_shown, billing_currency
from reporting.statement_workloads
where receiver_kind = 'team' and workload_id is not null
    and billing_month = (select max(billing_month) from reporting.statement_workloads)
order by idle_cost_shown desc, line_id
limit 20
