{% import "macros/history.sql" %}{% import "macros/lines.sql" %}with {{ split_months(source('conf.settings'), ref('economics.accelerator_unit_costs')) }},

measured as (
    select * from {{ ref('economics.measured_receivers') }}
),

costs as (
    select * from {{ ref('reporting.statement_uses') }}
),

-- before telemetry began, no record split compute, and none spread shared cost over uses
sums as (
    select
        billing_month as month, receiver_kind, receiver_id, billing_currency,
        if(used_for in ('compute', 'platform') and splits.month is null, 'unsplit', used_for) as category, sum(effective_cost) as cost
    from costs
    left join splits on splits.month = billing_month
    group by all
),

-- what is not split stands where later months have its uses, so that the other series compare
{{ history("9", "category in ('unsplit', 'training', 'inference', 'notebooks', 'compute', 'platform')") }}

select
    {{ receiver() }},
    history_month,
    series,
    series_position,
    cost_shown,
    is_split,
    is_comparable
from shown
