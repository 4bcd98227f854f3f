{% macro stage(name) %}sum(if(stage = '{{ name }}', effective_cost, 0)) as {{ name }}_cost{% endmacro %}
{% macro money(column) %}cast({{ column }} as decimal(38, 21)) as {{ column }}{% endmacro %}
{% macro to_date(cost) %}if(is_complete, sum({{ cost }}) over life, null){% endmacro %}
with by_team as (
    select
        billing_month, model_id, billing_currency, team_id, sum(effective_cost) as cost, {{ stage("data") }}, {{ stage("train") }},
        {{ stage("tune") }}, {{ stage("evaluate") }}, {{ stage("serve") }}, {{ stage("store") }}, {{ stage("retire") }},
        {{ stage("other") }}
    from {{ ref('economics.staged_costs') }}
    group by all
),

months as (
    select
        billing_month, model_id, billing_currency, max(struct(cost, team_id)).team_id as team_id, sum(cost) as cost,
        sum(data_cost) as data_cost, sum(train_cost) as train_cost, sum(tune_cost) as tune_cost,
        sum(evaluate_cost) as evaluate_cost, sum(serve_cost) as serve_cost, sum(store_cost) as store_cost,
        sum(retire_cost) as retire_cost, sum(other_cost) as other_cost
    from by_team
    group by all
),

judged as (
    select
        months.*, complete.complete_from,
        months.billing_month >= coalesce(complete.complete_from, months.billing_month) as is_complete
    from months
    left join {{ ref('economics.first_complete_months') }} as complete
        on complete.subject_kind = 'model' and months.model_id = complete.subject_id
),

running as (
    select
        *,
        {{ to_date("plus(plus(data_cost, train_cost), plus(tune_cost, evaluate_cost))") }} as cumulative_training,
        {{ to_date("serve_cost") }} as cumulative_inference,
        {{ to_date("cost") }} as cumulative_cost
    from judged
    window life as (
        partition by model_id, billing_currency, is_complete
        order by billing_month rows between unbounded preceding and current row
    )
)

select
    billing_month,
    model_id,
    billing_currency,
    team_id,
    {{ money("data_cost") }},
    {{ money("train_cost") }},
    {{ money("tune_cost") }},
    {{ money("evaluate_cost") }},
    {{ money("serve_cost") }},
    {{ money("store_cost") }},
    {{ money("retire_cost") }},
    {{ money("other_cost") }},
    {{ money("cost") }},
    complete_from,
    is_complete,
    {{ money("cumulative_training") }},
    {{ money("cumulative_inference") }},
    {{ money("cumulative_cost") }},
    min(if(model_id is not null and cumulative_training > 0 and cumulative_inference > cumulative_training, billing_month, null)) over (
        partition by model_id, billing_currency rows between unbounded preceding and unbounded following
    ) as overtaken_month
from running
