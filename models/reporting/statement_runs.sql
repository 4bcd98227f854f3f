{% import "macros/cents.sql" %}{% import "macros/arithmetic.sql" %}{% import "macros/lines.sql" %}with runs as (
    select * from {{ ref('economics.receiver_run_months') }}
),

-- money that no run has; a receiver without runs has none of these rows
unjoined as (
    select billing_month, receiver_kind, receiver_id, billing_currency, part, sum(cost) as cost
    from (
        select
            *,
            max(part <> 'workload_without_run') over (
                partition by billing_month, receiver_id, billing_currency rows between unbounded preceding and unbounded following
            ) as has_runs
        from {{ ref('economics.receiver_run_costs') }}
    )
    where has_runs and part <> 'run'
    group by all
),

ranked as (
    {{ ranked("runs", "cost desc, run_id") }}
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'run' as part,
        {{ folded(10) }} as slot, count(*) as members, {{ of_one("run_id") }} as run_id,
        sum(cost) as cost, sum(rounded_cost) as cost_shown, sum(rounded_repeated) as repeated_shown, sum(rounded_waste) as waste_shown,
        sum(attempts) as attempts, sum(attempts_without_cost) as attempts_without_cost
    from ranked
    group by all
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, part,
        array_position(array('job_without_record', 'claimed_by_several_runs', 'workload_without_run'), part), 1,
        null, cost, round(cost, 2), null, null, null, null
    from unjoined
),

lines as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by if(part = 'run', 0, 1), slot
        ) as position
    from folded
)

select
    {{ receiver("lines.") }},
    cast(lines.position as int) as position,
    {{ line_id("'r'", "lines.") }} as line_id,
    lines.part,
    cast(lines.members as int) as members,
    lines.run_id,
    runs.run_name,
    runs.run_kind,
    runs.experiment_id,
    runs.model_id,
    runs.model_version,
    runs.status,
    to_date(runs.started_at) as started_on,
    to_date(runs.ended_at) as ended_on,
    {{ hours("runs.worked_s") }} as worked_hours,
    cast(lines.attempts as int) as attempts,
    cast(lines.attempts_without_cost as int) as attempts_without_cost,
    runs.metric_name,
    runs.metric_better,
    runs.metric_value,
    cast(lines.cost as decimal(38, 21)) as effective_cost,
    cast(lines.cost_shown as decimal(38, 2)) as cost_shown,
    cast(lines.repeated_shown as decimal(38, 2)) as repeated_shown,
    cast(lines.waste_shown as decimal(38, 2)) as waste_shown,
    cast(round(runs.cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown
from lines
left join runs
    on lines.billing_month = runs.billing_month and lines.receiver_id = runs.receiver_id
    and lines.billing_currency = runs.billing_currency and lines.run_id = runs.run_id
