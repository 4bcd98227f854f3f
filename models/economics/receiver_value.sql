{% import "macros/receivers.sql" %}with statements as (
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

received as (
    {{ received("models", "models.usage_month", source('conf.teams'), source('ops.closed_teams')) }}
)

select
    usage_month as billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    cast(row_number() over (
        partition by usage_month, receiver.id, billing_currency order by cost desc, model_id, benefit_kind, benefit_currency
    ) as int) as position,
    model_id,
    benefit_kind,
    benefit_quantity,
    benefit_currency,
    cast(round(benefit_value, 2) as decimal(38,2)) as benefit_shown,
    value_assumption,
    cast(round(cost, 2) as decimal(38,2)) as cost_shown,
    roi,
    status
from received
where receiver.id is not null and billing_currency is not null
