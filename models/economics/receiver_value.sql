{% import "macros/receivers.sql" %}with models as (
    select * from {{ ref('economics.model_roi') }} where team_id is not null and billing_currency is not null
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
        partition by usage_month, receiver.id, billing_currency order by cost desc, model_id, benefit_kind
    ) as int) as position,
    model_id,
    benefit_kind,
    benefit_quantity,
    cast(round(benefit_value, 2) as decimal(38,2)) as benefit_shown,
    value_assumption,
    cast(round(cost, 2) as decimal(38,2)) as cost_shown,
    roi,
    status
from received
