{% import "macros/arithmetic.sql" %}{# An amount in the currency of the subject: at the last rate dated in the month, or at one over the rate of the other direction. #}
{% macro exchanged(amount) %}case
            when rows.currency = subjects.currency then rows.{{ amount }}
            when rates.rate is not null then product(rows.{{ amount }}, rates.rate, 21)
            else quotient(rows.{{ amount }}, back.rate, 21)
        end as {{ amount }}{% endmacro %}
{% macro total(column) %}cast(coalesce(sum({{ column }}) over life, 0) as decimal(38, 21)) as cumulative_{{ column }}{% endmacro %}
{% macro returned(benefit) %}if(
        status = 'measured', try_cast({{ divided("less(" + benefit + ", cumulative_cost)", "cumulative_cost", 9) }} as decimal(18, 9)), null
    ){% endmacro %}
{% macro paid_back(benefit) %}if(status = 'measured', min(if({{ benefit }} >= cumulative_cost and cumulative_cost > 0, month, null)) over subject, null){% endmacro %}
with costs as (
    select 'model' as subject_kind, model_id as subject_id, billing_month as month, billing_currency as currency, cost
    from {{ ref('economics.model_life') }}
    union all
    select 'experiment', runs.experiment_id, used.billing_month, used.billing_currency, sum(used.effective_cost)
    from {{ ref('economics.use_costs') }} as used
    inner join {{ ref('economics.run_facts') }} as runs on used.run_id = runs.run_id
    where runs.experiment_id is not null
    group by all
),

valued as (
    select * from {{ ref('economics.benefit_values') }}
),

benefits as (
    select 'model' as subject_kind, model_id as subject_id, month, kind, quantity, currency, value_low, value, value_high from valued
    union all
    select 'experiment', experiment_id, month, kind, quantity, currency, value_low, value, value_high
    from valued
    where experiment_id is not null
),

rows as (
    select
        subject_kind, subject_id, month, currency, cost, cast(null as decimal(38, 21)) as value_low,
        cast(null as decimal(38, 21)) as value, cast(null as decimal(38, 21)) as value_high,
        cast(null as decimal(38, 21)) as customers, false as is_benefit
    from costs
    union all
    select
        subject_kind, subject_id, month, currency, null, value_low, value, value_high,
        if(kind in ('customers_retained', 'retained_customers'), quantity, null), true
    from benefits
),

-- a subject is counted in the currency in which it has cost in most months
subjects as (
    select
        subject_kind, subject_id, currency,
        row_number() over (partition by subject_kind, subject_id order by count(cost) desc, currency is null, currency) as place
    from rows
    group by all
),

rates as (
    select to_date(date_trunc('month', rate_date)) as month, from_currency, to_currency, max(struct(rate_date, rate)).rate as rate
    from {{ source('conf.exchange_rates') }}
    group by all
),

exchanged as (
    select
        rows.subject_kind, rows.subject_id, rows.month, subjects.currency, rows.is_benefit, rows.customers,
        {{ exchanged("cost") }}, {{ exchanged("value_low") }}, {{ exchanged("value") }}, {{ exchanged("value_high") }},
        coalesce(rows.cost, rows.value) is not null and rows.currency is distinct from subjects.currency
            and rates.rate is null and back.rate is null as lacks_rate
    from rows
    inner join subjects
        on rows.subject_kind = subjects.subject_kind and rows.subject_id <=> subjects.subject_id and subjects.place = 1
    left join rates
        on rows.month = rates.month and rows.currency = rates.from_currency and subjects.currency = rates.to_currency
    left join rates as back
        on rows.month = back.month and rows.currency = back.to_currency and subjects.currency = back.from_currency
),

months as (
    select
        subject_kind, subject_id, month, currency, sum(cost) as cost, sum(value_low) as benefit_low, sum(value) as benefit,
        sum(value_high) as benefit_high, sum(customers) as customers_retained,
        count(if(is_benefit, 1, null)) as benefits, count(if(is_benefit and value is null and not lacks_rate, 1, null)) as benefits_without_value,
        count(if(lacks_rate, 1, null)) as amounts_without_rate
    from exchanged
    group by all
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
    select running.subject_kind, running.subject_id, running.month, max(struct(versions.completed_at, versions.metric_name, versions.metric_value)) as newest
    from running
    inner join {{ ref('economics.model_versions') }} as versions
        on running.subject_kind = 'model' and running.subject_id = versions.model_id and versions.metric_better = 'higher'
        and versions.completed_at < cast(add_months(running.month, 1) as timestamp)
    group by all
    union all
    select running.subject_kind, running.subject_id, running.month, max(struct(experiments.ended_at, experiments.metric_name, experiments.metric_value))
    from running
    inner join {{ ref('economics.experiments') }} as experiments
        on running.subject_kind = 'experiment' and running.subject_id = experiments.experiment_id
        and experiments.metric_better = 'higher'
    group by all
)

select
    running.subject_kind,
    running.subject_id,
    running.month,
    currency,
    status,
    cast(benefits as int) as benefits,
    cast(benefits_without_value as int) as benefits_without_value,
    cast(amounts_without_rate as int) as amounts_without_rate,
    cast(cost as decimal(38, 21)) as cost,
    cast(if(status in ('no_model', 'no_benefit_data', 'no_value'), cost, 0 * cost) as decimal(38, 21)) as cost_without_benefit,
    cast(benefit_low as decimal(38, 21)) as benefit_low,
    cast(benefit as decimal(38, 21)) as benefit,
    cast(benefit_high as decimal(38, 21)) as benefit_high,
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
