{% import "macros/cents.sql" %}{% import "macros/arithmetic.sql" %}{% import "macros/lines.sql" %}with runs as (
    select * from {{ ref('economics.receiver_run_months') }}
),

months as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, experiment_id, count(*) as runs,
        count(if(status = 'completed', 1, null)) as completed_runs, sum(cost) as cost,
        sum(rounded_cost) as cost_shown, sum(rounded_waste) as waste_shown
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

-- what the experiment had reached by the end of the month
reached as (
    select
        months.billing_month, months.receiver_id, months.billing_currency, months.experiment_id,
        max(struct(
            gains.month, gains.best_run_id, gains.metric_name, gains.metric_better, gains.metric_value, gains.points_gained
        )) as last
    from months
    inner join {{ ref('economics.experiment_gains') }} as gains
        on months.experiment_id = gains.experiment_id and gains.month <= months.billing_month
    group by all
),

paid_runs as (
    select receiver_id, billing_currency, run_id, min(billing_month) as since from runs group by all
),

ranked as (
    {{ ranked("running", "cost desc, experiment_id") }}
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, {{ of_one("experiment_id") }} as experiment_id, sum(runs) as runs,
        sum(completed_runs) as completed_runs, sum(cost) as cost, sum(cost_shown) as cost_shown,
        sum(waste_shown) as waste_shown, sum(cost_to_date) as cost_to_date
    from ranked
    group by all
)

select
    {{ receiver("folded.") }},
    cast(position as int) as position,
    {{ line_id("'y'", "folded.") }} as line_id,
    cast(members as int) as members,
    folded.experiment_id,
    cast(folded.runs as int) as runs,
    cast(folded.completed_runs as int) as completed_runs,
    cast(folded.cost as decimal(38, 21)) as effective_cost,
    cast(folded.cost_shown as decimal(38, 2)) as cost_shown,
    cast(folded.waste_shown as decimal(38, 2)) as waste_shown,
    cast(round(cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown,
    reached.last.best_run_id as best_run_id,
    reached.last.metric_name as metric_name,
    reached.last.metric_better as metric_better,
    reached.last.metric_value as metric_value,
    reached.last.points_gained as points_gained,
    if(reached.last.points_gained > 0 and paid_runs.run_id is not null, {{
        divided("cost_to_date", "reached.last.points_gained")
    }}, null) as cost_per_metric_point
from folded
left join reached
    on folded.billing_month = reached.billing_month and folded.receiver_id = reached.receiver_id
    and folded.billing_currency = reached.billing_currency and folded.experiment_id = reached.experiment_id
left join paid_runs
    on folded.receiver_id = paid_runs.receiver_id and folded.billing_currency = paid_runs.billing_currency
    and reached.last.best_run_id = paid_runs.run_id and paid_runs.since <= folded.billing_month
