with used as (
    select
        *,
        case
            when use_kind in ('processing', 'labelling') then 'data'
            when use_kind = 'training' then 'train'
            when use_kind = 'tuning' then 'tune'
            when use_kind = 'evaluation' then 'evaluate'
            when use_kind = 'inference' then 'serve'
            when use_kind is null and service_category = 'Storage' then 'store'
            else 'other'
        end as use_stage
    from {{ ref('economics.use_costs') }}
)

-- a model is retired after the last month in which anything made or served it
select
    * except (use_stage),
    if(
        model_id is not null and billing_month > max(if(use_stage in ('store', 'other'), null, billing_month)) over (
            partition by model_id rows between unbounded preceding and unbounded following
        ),
        'retire', use_stage
    ) as stage
from used
