with quotas as (
    select * from {{ source('conf.quotas') }}
),

held as (
    select quotas.quota_id, owners.usage_date, owners.hour_start, sum(owners.accelerator_s) as accelerator_s
    from {{ ref('allocation.workload_owners') }} as owners
    inner join quotas
        on quotas.measure <> 'money' and owners.team_id = quotas.team_id
        and (quotas.accelerator_model is null or owners.accelerator_model = quotas.accelerator_model)
    where owners.accelerator_s > 0
    group by all
)

select
    quotas.quota_id,
    charges.x_AllocationDate as usage_date,
    charges.x_BillingMonth as billing_month,
    cast(sum(charges.EffectiveCost) as decimal(38,21)) as effective_cost,
    cast(null as decimal(38,9)) as accelerator_s,
    cast(null as decimal(38,9)) as most_accelerator_s,
    cast(null as timestamp) as most_at
from {{ ref('allocation.allocated_charges') }} as charges
inner join quotas
    on quotas.measure = 'money' and charges.x_TeamId = quotas.team_id and charges.BillingCurrency = quotas.currency
group by all
union all
select
    quota_id,
    usage_date,
    cast(trunc(usage_date, 'month') as date),
    null,
    cast(sum(accelerator_s) as decimal(38,9)),
    cast(max(accelerator_s) as decimal(38,9)),
    max(struct(accelerator_s, -unix_seconds(hour_start), hour_start)).hour_start
from held
group by all
