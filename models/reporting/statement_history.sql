{% import "macros/history.sql" %}{% import "macros/lines.sql" %}with {{ split_months(source('conf.settings'), ref('economics.accelerator_unit_costs')) }},

measured as (
    select * from {{ ref('economics.measured_receivers') }}
),

costs as (
    select * from {{ ref('economics.receiver_costs') }}
),

sums as (
    select
        billing_month as month, receiver_kind, receiver_id, billing_currency, service_category as category, sum(effective_cost) as cost
    from costs
    group by all
),

{{ history() }}

select
    {{ receiver() }},
    history_month,
    series,
    series_position,
    cost_shown,
    is_split,
    is_comparable
from shown
