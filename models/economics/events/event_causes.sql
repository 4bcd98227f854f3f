{% import "macros/arithmetic.sql" %}with costs as (
    select * from {{ ref('economics.event_costs') }}
),

idle_days as (
    select distinct x_BillingMonth as billing_month, BillingCurrency as billing_currency, event_item_id as item_id, x_AllocationDate as day
    from {{ ref('economics.event_charges') }}
    where event_kind = 'without_work' and EffectiveCost <> 0
),

nodes as (
    select
        usage_date as day, provider_resource_id as item_id, node_id, max(accelerator_model) as accelerator_model,
        max({{ divided('accelerator_capacity_s', 'nullif(up_s, 0)', 0) }}) as accelerators, sum(up_s) as up_s
    from {{ ref('telemetry.node_hours') }}
    where provider_resource_id is not null
    group by all
),

empty as (
    select
        billing_month, billing_currency, item_id, min(day) as first_day, max(node_id) as node_id,
        max(accelerator_model) as accelerator_model, max(accelerators) as accelerators, sum(up_s) as empty_s,
        datediff(max(day), min(day)) + 1 = count(distinct day) as is_one_time
    from idle_days
    left join nodes using (item_id, day)
    group by all
),

-- the last run on the node on the day before it was empty, if it was empty only once
runs as (
    select
        billing_month, billing_currency, empty.item_id,
        max(struct(hours.held_until, hours.accelerator_s, hours.run_id, hours.attempt, hours.workload_id)) as last_hour
    from empty
    inner join {{ ref('telemetry.run_hours') }} as hours
        on hours.provider_resource_id = empty.item_id and hours.usage_date = date_sub(empty.first_day, 1)
    where is_one_time
    group by all
),

unused as (
    select billing_month, billing_currency, item_id, min(first_day) as first_day, max(last_day) as last_day
    from costs
    where kind = 'unused_commitment' and first_day is not null
    group by all
),

-- nodes that a commitment covers on other days of the month, and that telemetry does not see on the days without use
down as (
    select unused.billing_month, unused.billing_currency, unused.item_id, nodes.node_id, first_day, last_day
    from unused
    inner join (select distinct billing_month, commitment_id, resource_id from costs where commitment_id is not null) as covered
        on covered.billing_month = unused.billing_month and covered.commitment_id = unused.item_id
    inner join nodes on nodes.item_id = covered.resource_id and trunc(nodes.day, 'month') = unused.billing_month
    group by all
    having count_if(nodes.day between first_day and last_day) = 0 and min(nodes.day) < first_day and max(nodes.day) > last_day
)

select
    empty.billing_month,
    empty.billing_currency,
    'without_work' as reason,
    empty.item_id,
    if(attempts.run_id is null, null, 'run_ended') as cause,
    node_id,
    accelerator_model,
    cast(accelerators as int) as accelerators,
    cast({{ hours('empty_s') }} as decimal(38,9)) as empty_hours,
    attempts.run_id,
    attempts.run_name,
    attempts.status as run_status,
    attempts.user_id as run_user_id,
    if(attempts.run_id is null, null, last_hour.workload_id) as workload_id,
    cast(attempts.ended_at as date) as ended_day,
    date_format(attempts.ended_at, 'HH:mm') as ended_time
from empty
left join runs
    on runs.billing_month = empty.billing_month and runs.billing_currency = empty.billing_currency and runs.item_id = empty.item_id
left join {{ ref('telemetry.run_attempts') }} as attempts
    on attempts.run_id = last_hour.run_id and attempts.attempt = last_hour.attempt
    and attempts.ended_at <= cast(empty.first_day as timestamp)
union all
select
    billing_month, billing_currency, 'unused_commitment', item_id, 'node_down', array_join(array_sort(collect_list(node_id)), ', '), null,
    null, null, null, null, null, null, null, null, null
from down
group by all
