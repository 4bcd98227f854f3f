{% import "macros/uses.sql" %}with resources as (
    select
        {{ resource_key("resource_id") }} as resource_key,
        array_sort(collect_list(struct(run_id, attempt, run_kind, model_id, started_at, ended_at))) as attempts
    from {{ ref('telemetry.run_attempts') }}
    where resource_id is not null and started_at is not null
    group by all
),

charges as (
    select /*+ broadcast(resources) */
        charges.*, resources.attempts,
        {{ endpoint_of_resource("ResourceId") }} as endpoint_id, {{ is_notebook_resource("ResourceId") }} as is_notebook
    from {{ ref('allocation.allocated_charges') }} as charges
    left join resources on {{ resource_key("charges.ResourceId") }} = resources.resource_key
),

summed as (
    select
        x_AllocationDate as usage_date, x_BillingMonth as billing_month, x_NodeId as node_id, x_WorkloadId as workload_id,
        if(attempts is not null or endpoint_id is not null or is_notebook, ResourceId, null) as resource_id, endpoint_id, is_notebook,
        max(attempts) as attempts,
        x_TeamId as team_id, x_ProjectId as project_id, x_Environment as environment, x_ModelId as model_id,
        ServiceCategory as service_category, x_CostKind as cost_kind, BillingCurrency as billing_currency,
        sum(BilledCost) as billed_cost, sum(ContractedCost) as contracted_cost, sum(EffectiveCost) as effective_cost,
        sum(ListCost) as list_cost, sum(x_WorkloadIdleCost) as workload_idle_cost
    from charges
    group by all
),

-- names of managed endpoints as their records have them
endpoints as (
    select usage_date, {{ resource_key("labels['resource_id']") }} as resource_key, max(labels['endpoint']) as endpoint_id
    from {{ ref('telemetry.workload_hours') }}
    where workload_kind = 'endpoint' and labels['resource_id'] is not null
    group by all
),

-- a charge of a later day is that of the attempts that ended in the month before it
claimed as (
    select
        summed.* except (endpoint_id), coalesce(endpoints.endpoint_id, summed.endpoint_id) as endpoint_id,
        coalesce(nullif(
            filter(attempts, one -> summed.usage_date between to_date(one.started_at) and {{ last_day("one.started_at", "one.ended_at") }}),
            array()
        ), filter(attempts, one -> summed.usage_date between to_date(one.started_at) and {{ last_day("one.started_at", "one.ended_at", 31) }})) as claims
    from summed
    left join endpoints
        on summed.usage_date = endpoints.usage_date and {{ resource_key("summed.resource_id") }} = endpoints.resource_key
),

-- attempts of one run share its resource by their time within the day
linked as (
    select
        claimed.*,
        case
            when size(array_distinct(claims.run_id)) > 1 then {{ only(use(problem="'claimed_by_several_runs'")) }}
            when size(claims) > 0 then transform(claims, one -> struct(
                {{ use("one.run_kind", "one.run_id", "one.attempt", "null", "one.model_id", "'resource'") }} as used_by,
                cast({{ seconds_between(
                    "greatest(one.started_at, cast(claimed.usage_date as timestamp))",
                    "least(one.ended_at, cast(date_add(claimed.usage_date, 1) as timestamp))"
                ) }} as decimal(38, 18)) as weight
            ))
            when endpoint_id is not null then {{ only(use("'inference'", endpoint="endpoint_id", linked_by="'resource'")) }}
            when is_notebook then {{ only(use("'notebook'", linked_by="'resource'")) }}
            when uses.shares is not null then uses.shares
            else {{ only(use()) }}
        end as shares
    from claimed
    left join {{ ref('economics.workload_uses') }} as uses
        on claimed.usage_date = uses.usage_date and claimed.node_id = uses.provider_resource_id
        and claimed.workload_id = uses.workload_id
),

split as (
    select *, {{ split_over_uses() }} from linked
),

parts as (
    select *, explode({{ zipped_uses() }}) as part from split
)

select
    {{ columns_of_part() }},
    part.billed as billed_cost,
    part.contracted as contracted_cost,
    part.effective as effective_cost,
    part.listed as list_cost,
    part.workload_idle as workload_idle_cost
from parts
