{% import "macros/node_key.sql" %}with nodes as (
    select cluster_id, provider_resource_id, min(usage_date) as first_day
    from {{ ref('allocation.node_resources') }}
    group by all
),

clusters as (
    select *, min(first_day) over (partition by cluster_id) as measured_from from nodes
),

billed as (
    select {{ node_key("ChargeCategory = 'Usage'") }} as node_key, min(x_ChargeDate) as first_day
    from {{ ref('focus.cost_and_usage') }}
    group by all
)

select
    clusters.cluster_id,
    measured_from,
    max(date_add(last_day(date_add(measured_from, -1)), 1)) as complete_from
from clusters
inner join billed
    on clusters.provider_resource_id = billed.node_key and billed.first_day < measured_from
group by all
