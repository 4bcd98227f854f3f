{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.receiver_costs') }}
),

usage as (
    select
        billing_month, team_id, project_id, billing_currency, effective_cost,
        explode(filter(array(
            if(project_id is null and resource_id is not null and pricing_quantity is not null,
                struct(101 as position, 'resources_without_project' as measure), null),
            if(pricing_unit ilike '%token%', struct(103 as position, 'billed_tokens' as measure), null)
        ), each -> each is not null)) as kind
    from {{ ref('economics.monthly_usage') }}
    where cost_kind = 'direct'
),

received as (
    {{ received("usage", "usage.billing_month", ref('economics.receivers'), "project_id") }}
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, kind.position, kind.measure,
        sum(effective_cost) as cost
    from received
    group by all
    union all
    select billing_month, receiver_kind, receiver_id, billing_currency, 102, 'own_idle_nodes', sum(effective_cost)
    from costs
    where cost_kind = 'idle' and rule_id = 'idle_owner' and correction_of_month is null
    group by all
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(position as int) as position,
    measure,
    cast(cost as decimal(38,21)) as cost
from sums
