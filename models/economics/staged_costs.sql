{% import "macros/uses.sql" %}with used as (
    select
        *,
        {{ life_stage() }} as use_stage
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
