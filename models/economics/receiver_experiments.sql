{% import "macros/arithmetic.sql" %}{% import "macros/cents.sql" %}with runs as (
    select * from {{ ref('economics.receiver_run_months') }}
),

months as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, experiment_id, count(*) as runs,
        count(if(status = 'completed', 1, null)) as completed_runs, sum(cost) as cost, sum(waste) as waste
    from runs
    group by all
),

running as (
    select
        *,
        sum(cost) over (
            partition by receiver_id, billing_currency, experiment_id order by billing_month
            rows between unbounded preceding and current row
        ) as cost_to_date
    from months
),

ranked as (
    select
        *,
        row_number() over (partition by billing_month, receiver_id, billing_currency order by cost desc, experiment_id) as place,
        count(*) over (partition by billing_month, receiver_id, billing_currency) as places
    from running
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, if(places > 11, least(place, 11), place) as position,
        count(*) as members, if(count(*) = 1, max(experiment_id), null) as experiment_id, sum(runs) as runs,
        sum(completed_runs) as completed_runs, sum(cost) as cost, sum(waste) as waste, sum(cost_to_date) as cost_to_date
    from ranked
    group by all
),

-- rounds to cents so that the experiments sum to the rounded totals of their runs
cents as (
    select
        *,
        {{ cents_of() }} as cost_shown,
        {{ cents_of("waste") }} as waste_shown
    from folded
)

select
    cents.billing_month,
    receiver_kind,
    receiver_id,
    cents.billing_currency,
    cast(position as int) as position,
    cast(members as int) as members,
    cents.experiment_id,
    cast(cents.runs as int) as runs,
    cast(cents.completed_runs as int) as completed_runs,
    cast(cents.cost as decimal(38, 21)) as effective_cost,
    cents.cost_shown,
    cents.waste_shown,
    cast(round(cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown,
    best.best_run_id,
    best.metric_name,
    best.metric_better,
    best.metric_value,
    best.points_gained,
    if(best.points_gained > 0, {{ divided("cost_to_date", "best.points_gained") }}, null) as cost_per_metric_point
from cents
left join {{ ref('economics.experiments') }} as best
    on cents.experiment_id = best.experiment_id and cents.billing_currency = best.billing_currency
