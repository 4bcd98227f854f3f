-- Platform engineer: which share of the provisioned accelerator-hours was allocated, and which share of those was active?
select
    billing_month,
    accelerator_model,
    sum(provisioned_hours) as provisioned_hours,
    sum(allocated_hours) as allocated_hours,
    sum(active_hours) as active_hours,
    try_cast(sum(allocated_hours) / nullif(sum(provisioned_hours), 0) as decimal(18, 9)) as allocated_ratio,
    try_cast(sum(active_hours) / nullif(sum(allocated_hours), 0) as decimal(18, 9)) as active_ratio
from reporting.statement_accelerators
where receiver_kind = 'team'
group by all
order by billing_month, accelerator_model
