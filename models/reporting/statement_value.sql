{% import "macros/lines.sql" %}with models as (
    select * from {{ ref('economics.model_roi') }} where team_id is not null and billing_currency is not null
),

placed as (
    select
        *,
        usage_month as billing_month,
        cast(row_number() over (
            partition by usage_month, team_id, billing_currency order by cost desc, model_id, benefit_kind
        ) as int) as position
    from models
)

select
    billing_month,
    team_id,
    billing_currency,
    position,
    {{ line_id("'v'") }} as line_id,
    model_id,
    benefit_kind,
    benefit_quantity,
    cast(round(benefit_value, 2) as decimal(38,2)) as benefit_shown,
    value_assumption,
    cast(round(cost, 2) as decimal(38,2)) as cost_shown,
    roi,
    status
from placed
