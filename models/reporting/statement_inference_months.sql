{% import "macros/inference.sql" %}{% import "macros/lines.sql" %}with parts as (
    select * from {{ ref('economics.receiver_inference') }}
),

settings as (
    select cast(coalesce(max(value), '13') as int) as months
    from {{ source('conf.settings') }}
    where name = 'statement_months'
),

statements as (
    select distinct billing_month, receiver_id, billing_currency from parts
),

sums as (
    select
        statements.billing_month, parts.receiver_kind, parts.receiver_id, parts.billing_currency,
        parts.billing_month as history_month,
        {{ inference_sums() }}
    from statements
    cross join settings
    inner join parts
        on parts.receiver_id = statements.receiver_id and parts.billing_currency <=> statements.billing_currency
        and parts.billing_month between add_months(statements.billing_month, 1 - settings.months) and statements.billing_month
    group by all
)

select
    {{ receiver() }},
    history_month,
    cast(round(cost, 2) as decimal(38,2)) as cost_shown,
    cast(round(usage_cost, 2) as decimal(38,2)) as usage_shown,
    {{ inference_figures() }}
from sums
