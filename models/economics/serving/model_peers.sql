with models as (
    select distinct usage_month, model_id from {{ ref('economics.endpoint_traffic') }}
),

configured as (
    select model_id, max(struct(vendor, vendor_model)) as peer from {{ source('reference.vendor_peers') }} group by all
),

asked as (
    select usage_month, model_id, vendor, vendor_model, count(api_cost_usd) as priced, sum(api_cost_usd) as api_cost_usd
    from {{ ref('economics.api_costs') }}
    group by all
),

-- a model that lacks a price for a part of the traffic is no cheaper for it
cheapest as (
    select
        asked.usage_month, asked.model_id,
        min(struct(-priced as unpriced, api_cost_usd, struct(asked.vendor, asked.vendor_model) as peer)).peer as peer
    from asked
    inner join {{ ref('economics.bought_models') }} as bought
        on asked.usage_month = bought.usage_month and asked.vendor = bought.vendor and asked.vendor_model = bought.vendor_model
    where priced > 0
    group by all
),

chosen as (
    select
        models.usage_month, models.model_id, coalesce(of_model.peer, others.peer, cheapest.peer) as peer,
        if(coalesce(of_model.peer, others.peer) is null, 'cheapest_bought', 'configured') as peer_by
    from models
    left join configured as of_model on models.model_id = of_model.model_id
    left join configured as others on others.model_id is null
    left join cheapest on models.usage_month = cheapest.usage_month and models.model_id <=> cheapest.model_id
)

select
    usage_month,
    model_id,
    peer.vendor as vendor,
    peer.vendor_model as vendor_model,
    peer_by
from chosen
where peer is not null
