{% import "macros/history.sql" %}with costs as (
    select * from {{ ref('economics.receiver_use_costs') }}
),

sums as (
    select
        billing_month as month, receiver_kind, receiver_id, billing_currency, used_for as category, effective_cost as cost
    from costs
),

{{ history(source('conf.settings'), ref('economics.accelerator_unit_costs')) }}

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    history_month,
    series,
    series_position,
    cost_shown,
    is_split
from shown
