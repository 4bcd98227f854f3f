{% import "macros/stages.sql" %}select
    costs.*,
    if(billing_month > last_month, 'retire', {{ life_stage() }}) as stage
from {{ ref('economics.use_costs') }} as costs
left join {{ ref('economics.model_last_months') }} as models on costs.model_id = models.model_id
{{ joined_stages(source('reference.use_kinds'), source('reference.service_uses')) }}
