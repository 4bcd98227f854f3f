with uses as (
    select * from {{ ref('economics.use_costs') }}
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    use_kind,
    service_category,
    cost_kind,
    case
        when use_kind in ('training', 'tuning', 'evaluation') then 'training'
        when use_kind = 'inference' then 'inference'
        when use_kind = 'notebook' then 'notebooks'
        when use_kind in ('processing', 'labelling') then 'data'
        when service_category in ('Databases', 'Analytics') then 'data'
        when service_category = 'Storage' then 'storage'
        when service_category = 'Networking' then 'network'
        when service_category = 'AI and Machine Learning' then 'managed'
        when service_category = 'Compute' then 'compute'
        else 'platform'
    end as used_for,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from uses
group by all
