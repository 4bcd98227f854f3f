{% import "macros/uses.sql" %}select
    charges.*,
    in_proportion(allocated_quantity, effective_cost, allocated_cost) as quantity,
    if(billing_month > last_month, 'retire', {{ life_stage() }}) as stage,
    {{ used_for() }} as used_for
from {{ ref('economics.used_charges') }} as charges
left join {{ ref('economics.model_last_months') }} as models on charges.model_id = models.model_id
