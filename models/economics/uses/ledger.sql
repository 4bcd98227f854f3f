{% import "macros/stages.sql" %}select
    costs.*,
    in_proportion(allocated_quantity, effective_cost, allocated_cost) as quantity,
    if(billing_month > last_month, 'retire', {{ life_stage() }}) as stage,
    coalesce(kinds.used_for, services.used_for, 'platform') as used_for
from {{ ref('economics.charge_parts') }} as costs
left join {{ ref('economics.model_last_months') }} as models on costs.model_id = models.model_id
{{ joined_stages(source('reference.use_kinds'), source('reference.service_uses')) }}
