{% import "macros/stages.sql" %}select
    model_id,
    max(billing_month) as last_month
from {{ ref('economics.use_costs') }} as costs
{{ joined_stages(source('reference.use_kinds'), source('reference.service_uses')) }}
where model_id is not null and {{ life_stage() }} not in ('store', 'other')
group by all
