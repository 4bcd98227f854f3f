{% import "macros/arithmetic.sql" %}{% import "macros/cents.sql" %}with runs as (
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
    select
        *,
        row_number() over (partition by billing_month, receiver_id, billing_currency order by cost desc, run_id) as place,
        count(*) over (partition by billing_month, receiver_id, billing_currency) as places
    from runs
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'run' as part,
        if(places > 11, least(place, 11), place) as slot, count(*) as members, if(count(*) = 1, max(run_id), null) as run_id,
        sum(cost) as cost, sum(cost_repeated) as cost_repeated, sum(waste) as waste, sum(attempts) as attempts,
        sum(attempts_without_cost) as attempts_without_cost
    from ranked
    group by all
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, part,
        array_position(array('job_without_record', 'claimed_by_several_runs', 'workload_without_run'), part), 1,
        null, cost, null, null, null, null
    from unjoined
),

-- rounds to cents so that the runs sum to their rounded totals
cents as (
    select
        *,
        {{ cents_of("cost", "billing_month, receiver_id, billing_currency, part", "slot") }} as cost_shown,
        {{ cents_of("cost_repeated", "billing_month, receiver_id, billing_currency, part", "slot") }} as repeated_shown,
        {{ cents_of("waste", "billing_month, receiver_id, billing_currency, part", "slot") }} as waste_shown,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by if(part = 'run', 0, 1), slot
        ) as position
    from folded
)

select
    cents.billing_month,
    cents.receiver_kind,
    cents.receiver_id,
    cents.billing_currency,
    cast(cents.position as int) as position,
    cents.part,
    cast(cents.members as int) as members,
    cents.run_id,
    runs.run_name,
    runs.run_kind,
    runs.experiment_id,
    runs.model_id,
    runs.model_version,
    runs.status,
    to_date(runs.started_at) as started_on,
    to_date(runs.ended_at) as ended_on,
    {{ hours("runs.worked_s") }} as worked_hours,
    cast(cents.attempts as int) as attempts,
    cast(cents.attempts_without_cost as int) as attempts_without_cost,
    runs.metric_name,
    runs.metric_better,
    runs.metric_value,
    cast(cents.cost as decimal(38, 21)) as effective_cost,
    cents.cost_shown,
    cents.repeated_shown,
    cents.waste_shown,
    cast(round(runs.cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown
from cents
left join runs
    on cents.billing_month = runs.billing_month and cents.receiver_id = runs.receiver_id
    and cents.billing_currency = runs.billing_currency and cents.run_id = runs.run_id
