{% import "macros/lines.sql" %}with measured as (
    select * from {{ ref('economics.receiver_run_months') }} where metric_value is not null
),

-- values of different metrics cannot be compared: the one that most runs have is shown
metrics as (
    select
        billing_month, receiver_id, billing_currency, metric_name,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by count(*) desc, sum(cost) desc, metric_name
        ) as metric_rank
    from measured
    group by all
),

ranked as (
    select
        measured.*,
        row_number() over (
            partition by measured.billing_month, measured.receiver_id, measured.billing_currency
            order by measured.cost_to_date desc, measured.run_id
        ) as position
    from measured
    inner join metrics
        on measured.billing_month = metrics.billing_month and measured.receiver_id = metrics.receiver_id
        and measured.billing_currency = metrics.billing_currency and measured.metric_name = metrics.metric_name
        and metrics.metric_rank = 1
)

select
    {{ receiver() }},
    cast(position as int) as position,
    run_id,
    run_name,
    model_id,
    model_version,
    status,
    metric_name,
    metric_better,
    metric_value,
    cast(round(cost_to_date, 2) as decimal(38, 2)) as cost_to_date_shown
from ranked
where position <= 100
