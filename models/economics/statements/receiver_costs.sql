{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.statement_costs') }}
),

received as (
    {{ received("costs", "costs.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    team_id,
    correction_of_month,
    provider,
    service_category,
    service,
    project_id,
    environment,
    model_id,
    cost_kind,
    rule_id,
    pool_id,
    is_tagged,
    billed_cost,
    effective_cost
from received
