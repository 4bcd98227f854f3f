{% import "macros/receivers.sql" %}with uses as (
    select * from {{ ref('economics.monthly_uses') }}
),

costs as (
    select * from {{ ref('economics.statement_costs') }}
),

-- what a statement states beyond the charges of its month are corrections of closed months
entries as (
    select billing_month, team_id, project_id, billing_currency, used_for, effective_cost as cost
    from uses
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', effective_cost
    from costs
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', -effective_cost
    from uses
),

stated as (
    select billing_month, team_id, project_id, billing_currency, used_for, sum(cost) as cost
    from entries
    group by all
    having used_for <> 'correction' or sum(cost) <> 0
),

received as (
    {{ received("stated", "stated.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    used_for,
    cast(sum(cost) as decimal(38,21)) as effective_cost
from received
group by all
