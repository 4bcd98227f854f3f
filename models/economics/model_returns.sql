{% import "macros/arithmetic.sql" %}{% macro total(column) %}cast(coalesce(sum({{ column }}) over life, 0) as decimal(38, 21)) as cumulative_{{ column }}{% endmacro %}
{% macro returned(benefit) %}if(
        status = 'measured', try_cast(quotient(less({{ benefit }}, cumulative_cost), cumulative_cost, 9) as decimal(18, 9)), null
    ){% endmacro %}
{% macro paid_back(benefit) %}if(
        status = 'measured', min(if({{ benefit }} >= cumulative_cost and cumulative_cost > 0, running.month, null)) over subject, null
    ){% endmacro %}
with months as (
    select * from {{ ref('economics.return_months') }}
),

running as (
    select
        *,
        {{ total("cost") }}, {{ total("benefit_low") }}, {{ total("benefit") }}, {{ total("benefit_high") }},
        sum(customers_retained) over life as cumulative_customers,
        case
            when subject_id is null then concat('no_', subject_kind)
            when sum(benefits) over subject = 0 then 'no_benefit_data'
            when sum(amounts_without_rate) over subject > 0 then 'no_exchange_rate'
            when sum(benefits) over subject = sum(benefits_without_value) over subject then 'no_value'
            when coalesce(sum(cost) over subject, 0) = 0 then 'no_cost'
            else 'measured'
        end as status
    from months
    window
        life as (partition by subject_kind, subject_id order by month rows between unbounded preceding and current row),
        subject as (partition by subject_kind, subject_id rows between unbounded preceding and unbounded following)
),

-- the metric of the version that was newest at the end of the month
metrics as (
    select
        running.subject_kind, running.subject_id, running.month,
        max(struct(versions.completed_at, versions.metric_name, versions.metric_value)) as newest
    from running
    inner join {{ ref('economics.model_versions') }} as versions
        on running.subject_kind = 'model' and running.subject_id = versions.model_id and versions.metric_better = 'higher'
        and versions.completed_at < cast(add_months(running.month, 1) as timestamp)
    group by all
    union all
    select
        running.subject_kind, running.subject_id, running.month,
        max(struct(cast(gains.month as timestamp), gains.metric_name, gains.metric_value))
    from running
    inner join {{ ref('economics.experiment_gains') }} as gains
        on running.subject_kind = 'experiment' and running.subject_id = gains.experiment_id and gains.metric_better = 'higher'
        and gains.month <= running.month
    group by all
)

select
    running.subject_kind,
    running.subject_id,
    running.month,
    currency,
    status,
    benefits,
    benefits_without_value,
    amounts_without_rate,
    cost,
    if(
        status in ('no_model', 'no_benefit_data', 'no_value') or cost is null, cost, cast(0 as decimal(38, 21))
    ) as cost_without_benefit,
    benefit_low,
    benefit,
    benefit_high,
    cumulative_cost,
    cumulative_benefit_low,
    cumulative_benefit,
    cumulative_benefit_high,
    {{ returned("cumulative_benefit_low") }} as roi_low,
    {{ returned("cumulative_benefit") }} as roi,
    {{ returned("cumulative_benefit_high") }} as roi_high,
    {{ paid_back("cumulative_benefit_low") }} as payback_month_low,
    {{ paid_back("cumulative_benefit") }} as payback_month,
    {{ paid_back("cumulative_benefit_high") }} as payback_month_high,
    cast(cumulative_customers as decimal(38, 21)) as customers_retained,
    {{ divided("cumulative_cost", "cumulative_customers") }} as cost_per_retained_customer,
    metrics.newest.metric_name as metric_name,
    metrics.newest.metric_value as metric_value,
    {{ divided("metrics.newest.metric_value", "cumulative_cost") }} as metric_per_cost
from running
left join metrics
    on running.subject_kind = metrics.subject_kind and running.subject_id = metrics.subject_id and running.month = metrics.month
window subject as (partition by running.subject_kind, running.subject_id rows between unbounded preceding and unbounded following)
