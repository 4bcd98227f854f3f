{% macro stage(name) %}sum(if(stage = '{{ name }}', effective_cost, 0)) as {{ name }}_cost{% endmacro %}
{% macro money(column) %}cast({{ column }} as decimal(38, 21)) as {{ column }}{% endmacro %}
with months as (
    select
        billing_month, model_id, billing_currency, sum(effective_cost) as cost, {{ stage("data") }}, {{ stage("train") }},
        {{ stage("tune") }}, {{ stage("evaluate") }}, {{ stage("serve") }}, {{ stage("store") }}, {{ stage("retire") }},
        {{ stage("other") }}
    from {{ ref('economics.staged_costs') }}
    group by all
),

running as (
    select
        *,
        sum(plus(plus(data_cost, train_cost), plus(tune_cost, evaluate_cost))) over life as cumulative_training,
        sum(serve_cost) over life as cumulative_inference,
        sum(cost) over life as cumulative_cost
    from months
    window life as (
        partition by model_id, billing_currency order by billing_month rows between unbounded preceding and current row
    )
)

select
    billing_month,
    model_id,
    billing_currency,
    {{ money("data_cost") }},
    {{ money("train_cost") }},
    {{ money("tune_cost") }},
    {{ money("evaluate_cost") }},
    {{ money("serve_cost") }},
    {{ money("store_cost") }},
    {{ money("retire_cost") }},
    {{ money("other_cost") }},
    {{ money("cost") }},
    {{ money("cumulative_training") }},
    {{ money("cumulative_inference") }},
    {{ money("cumulative_cost") }},
    min(if(model_id is not null and cumulative_training > 0 and cumulative_inference > cumulative_training, billing_month, null)) over (
        partition by model_id, billing_currency rows between unbounded preceding and unbounded following
    ) as overtaken_month
from running
