{% import "macros/arithmetic.sql" %}{# An amount in the currency of the subject: at the last rate dated in the month, or at one over the rate of the other direction. #}
{% macro exchanged(amount) %}case
            when rows.currency = subjects.currency then rows.{{ amount }}
            when rates.rate is not null then product(rows.{{ amount }}, rates.rate, 21)
            else quotient(rows.{{ amount }}, back.rate, 21)
        end as {{ amount }}{% endmacro %}
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
        row_number() over (partition by subject_kind, subject_id order by count(cost) desc, currency is null, currency) as currency_rank
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
        on rows.subject_kind = subjects.subject_kind and rows.subject_id <=> subjects.subject_id and subjects.currency_rank = 1
    left join rates
        on rows.month = rates.month and rows.currency = rates.from_currency and subjects.currency = rates.to_currency
    left join rates as back
        on rows.month = back.month and rows.currency = back.to_currency and subjects.currency = back.from_currency
)

select
    exchanged.subject_kind,
    exchanged.subject_id,
    month,
    currency,
    complete.complete_from,
    month >= coalesce(complete.complete_from, month) as is_complete,
    cast(sum(cost) as decimal(38, 21)) as cost,
    cast(sum(value_low) as decimal(38, 21)) as benefit_low,
    cast(sum(value) as decimal(38, 21)) as benefit,
    cast(sum(value_high) as decimal(38, 21)) as benefit_high,
    cast(sum(customers) as decimal(38, 21)) as customers_retained,
    cast(count(if(is_benefit, 1, null)) as int) as benefits,
    cast(count(if(is_benefit and value is null and not lacks_rate, 1, null)) as int) as benefits_without_value,
    cast(count(if(lacks_rate, 1, null)) as int) as amounts_without_rate
from exchanged
left join {{ ref('economics.first_complete_months') }} as complete
    on exchanged.subject_kind = complete.subject_kind and exchanged.subject_id = complete.subject_id
group by all
