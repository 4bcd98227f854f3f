{% import "macros/arithmetic.sql" %}{% macro total(column) %}cast(
            if(is_complete, coalesce(sum({{ column }}) over life, 0), null) as decimal(38, 21)
        ) as cumulative_{{ column }}{% endmacro %}
{% macro ratio(benefit, cost) %}try_cast(quotient(less({{ benefit }}, {{ cost }}), {{ cost }}, 9) as decimal(18, 9)){% endmacro %}
{% macro returned(benefit) %}if(status = 'measured', {{ ratio(benefit, "cumulative_cost") }}, null){% endmacro %}
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
        if(is_complete, sum(customers_retained) over life, null) as cumulative_customers,
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
        life as (partition by subject_kind, subject_id, is_complete order by month rows between unbounded preceding and current row),
        subject as (partition by subject_kind, subject_id rows between unbounded preceding and unbounded following)
),

-- the metric of the version that was newest at the end of the month
metrics as (
    select
        months.subject_kind, months.subject_id, months.month,
        max(struct(versions.completed_at, versions.metric_name, versions.metric_value)) as newest
    from months
    inner join {{ ref('economics.model_versions') }} as versions
        on months.subject_kind = 'model' and months.subject_id = versions.model_id and versions.metric_better = 'higher'
        and versions.completed_at < cast(add_months(months.month, 1) as timestamp)
    group by all
    union all
    select
        months.subject_kind, months.subject_id, months.month,
        max(struct(cast(gains.month as timestamp), gains.metric_name, gains.metric_value))
    from months
    inner join {{ ref('economics.experiment_gains') }} as gains
        on months.subject_kind = 'experiment' and months.subject_id = gains.experiment_id and gains.metric_better = 'higher'
        and gains.month <= months.month
    group by all
)

select
    running.subject_kind,
    running.subject_id,
    running.month,
    currency,
    status,
    complete_from,
    is_complete,
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
    if(is_complete and amounts_without_rate = 0, {{ ratio("benefit", "cost") }}, null) as month_roi,
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
