{% import "macros/uses.sql" %}with charges as (
    select distinct x_AllocationDate as usage_date, ResourceId, ServiceName, SkuMeter, {{ unit_of_charge() }} as unit
    from {{ ref('allocation.allocated_charges') }}
),

matched as (
    select
        charges.*, min(struct(rules.rank, rules.use_kind, rules.endpoint, rules.is_run, rules.resource is not null as is_of_resource)) as rule
    from charges
    inner join {{ source('reference.billed_uses') }} as rules
        on {{ holds("rules.resource", "charges.ResourceId") }} and {{ holds("rules.service", "charges.ServiceName") }}
        and {{ holds("rules.meter", "charges.SkuMeter") }} and {{ holds("rules.unit", "charges.unit") }}
    group by all
)

select
    usage_date,
    ResourceId,
    ServiceName,
    SkuMeter,
    unit,
    rule.use_kind as use_kind,
    nullif(regexp_extract(ResourceId, rule.endpoint, 1), '') as endpoint_id,
    rule.is_run as is_run,
    if(rule.is_of_resource, 'resource', 'service') as linked_by
from matched
