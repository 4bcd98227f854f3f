{% import "macros/receivers.sql" %}with currency as (
    select max(value) as company from {{ source('conf.settings') }} where name = 'currency'
),

uses as (
    select *, to_date(date_trunc('month', usage_date)) as usage_month
    from {{ ref('economics.use_costs') }}
    where use_kind = 'inference'
),

-- traffic without cost is on the statement of the company
payers as (
    select
        usage_month, endpoint_id, billing_currency, team_id, project_id, sum(effective_cost) as cost,
        sum(if(cost_kind in ('shared', 'idle'), effective_cost, 0)) as overhead, sum(workload_idle_cost) as workload_idle_cost
    from uses
    group by all
    union all
    select usage_month, endpoint_id, coalesce(currency.company, 'XXX'), null, null, null, null, null
    from {{ ref('economics.endpoint_costs') }}
    cross join currency
    where status = 'no_cost'
),

received as (
    {{ received("payers", "payers.usage_month", ref('economics.receivers'), "project_id") }}
),

sums as (
    select
        usage_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, endpoint_id,
        sum(cost) as cost, less(less(sum(cost), sum(overhead)), sum(workload_idle_cost)) as usage_cost
    from received
    group by all
)

select
    sums.usage_month as billing_month,
    sums.receiver_kind,
    sums.receiver_id,
    sums.billing_currency,
    sums.endpoint_id,
    whole.billing_currency as cost_currency,
    whole.model_id,
    whole.status,
    whole.split_by,
    whole.requests,
    whole.input_tokens,
    whole.cached_input_tokens,
    whole.output_tokens,
    whole.cost as whole_cost,
    cast(sums.cost as decimal(38, 21)) as cost,
    sums.usage_cost
from sums
inner join {{ ref('economics.endpoint_costs') }} as whole
    on sums.usage_month = whole.usage_month and sums.endpoint_id <=> whole.endpoint_id
    and (sums.billing_currency <=> whole.billing_currency or whole.status = 'no_cost')
