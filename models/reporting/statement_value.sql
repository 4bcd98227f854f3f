{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}{% macro shown(money, column) %}cast(round({{ money }}, 2) as decimal(38, 2)) as {{ column }}{% endmacro %}
with statements as (
    select billing_month, array_sort(collect_set(billing_currency)) as currencies
    from {{ ref('economics.statement_costs') }}
    group by all
),

-- a benefit without cost is on the company's statement in the same currency; if the company has no statement in this
-- currency, it is on the company's first statement
models as (
    select
        roi.* except (billing_currency),
        if(
            roi.team_id is not null or statements.currencies is null
            or array_contains(statements.currencies, roi.billing_currency),
            roi.billing_currency, statements.currencies[0]
        ) as billing_currency
    from {{ ref('economics.model_roi') }} as roi
    left join statements on statements.billing_month = roi.usage_month
),

paid as (
    select
        billing_month, receiver_id, billing_currency, model_id, sum(training_cost + inference_cost + other_cost) as paid
    from {{ ref('economics.receiver_model_months') }}
    group by all
),

received as (
    {{ received("models", "models.usage_month", ref('economics.receivers')) }}
),

lines as (
    select
        *, usage_month as billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id,
        cast(row_number() over (
            partition by usage_month, receiver.id, billing_currency order by cost desc, model_id, benefit_kind, benefit_currency
        ) as int) as position
    from received
    where billing_currency is not null
)

select
    {{ receiver("lines.") }},
    position,
    {{ line_id("'v'", "lines.") }} as line_id,
    lines.model_id,
    benefit_kind,
    benefit_quantity,
    benefit_currency,
    {{ shown("benefit_value", "benefit_shown") }},
    value_assumption,
    cost as effective_cost,
    {{ shown("cost", "cost_shown") }},
    {{ shown("paid", "paid_shown") }},
    roi,
    status,
    is_complete,
    complete_from,
    {{ shown("cost_to_date", "cost_to_date_shown") }},
    {{ shown("benefit_to_date", "benefit_to_date_shown") }},
    roi_to_date_low,
    roi_to_date,
    roi_to_date_high,
    payback_month
from lines
left join paid
    on lines.billing_month = paid.billing_month and lines.receiver_id = paid.receiver_id
    and lines.billing_currency = paid.billing_currency and lines.model_id = paid.model_id
