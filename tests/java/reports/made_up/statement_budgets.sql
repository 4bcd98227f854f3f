{% import "macros/lines.sql" %}with projects as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, project_id,
        cast(ceil(sum(effective_cost), -2) as decimal(38, 2)) as budget
    from {{ ref('economics.receiver_costs') }}
    where project_id is not null
    group by all
),

placed as (
    select
        *,
        row_number() over (partition by billing_month, receiver_id, billing_currency order by budget desc, project_id) as position
    from projects
)

select
    {{ receiver() }},
    position,
    {{ line_id("'g'") }} as line_id,
    project_id as budget_name,
    budget as budget_shown
from placed
