{% import "macros/cents.sql" %}with inference as (
    select * from {{ ref('economics.receiver_inference') }}
),

costed as (
    {{ nested_cents("inference", "cost", "endpoint_id", "model_id, tenant_id", "cost_shown") }}
),

parts as (
    {{ nested_cents("costed", "usage_cost", "endpoint_id", "model_id, tenant_id", "usage_shown") }}
)

select * from parts
