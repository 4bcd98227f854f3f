-- the months in which telemetry of a cluster began, and in which it first has every day
with months as (
    select cluster_id, explode(array_distinct(array(cast(trunc(measured_from, 'month') as date), complete_from))) as billing_month
    from {{ ref('economics.measured_clusters') }}
),

nodes as (
    select distinct months.billing_month, months.cluster_id, provider_resource_id
    from {{ ref('allocation.node_resources') }} as resources
    inner join months
        on months.cluster_id = resources.cluster_id and months.billing_month = trunc(resources.usage_date, 'month')
),

charges as (
    select /*+ broadcast(nodes) */
        x_BillingMonth as billing_month, cluster_id, BillingCurrency as billing_currency, x_AllocationDate as allocation_date,
        x_PoolId as pool_id, x_TeamId as team_id, x_ProjectId as project_id, x_MatchedTeamId as owner_team_id,
        x_MatchedProjectId as owner_project_id, sum(EffectiveCost) as cost
    from {{ ref('allocation.allocated_charges') }}
    inner join nodes on nodes.billing_month = x_BillingMonth and nodes.provider_resource_id = x_NodeId
    group by all
),

-- without telemetry, a pool would be split as on this day, and the owner would pay for all other charges
pools as (
    select
        pool_id, allocation_date, billing_currency, array_sort(collect_list(struct(team_id, cast(units as decimal(38, 18)) as units))) as teams
    from {{ ref('allocation.pool_units') }}
    group by all
),

owned as (
    select
        charges.billing_month, cluster_id, charges.billing_currency,
        if(teams is null, owner_team_id, null) as owner_team_id, if(teams is null, owner_project_id, null) as owner_project_id, teams,
        sum(cost) as cost
    from charges
    left join pools
        on pools.pool_id = charges.pool_id and pools.allocation_date = charges.allocation_date
        and pools.billing_currency = charges.billing_currency
    group by all
),

sides as (
    select billing_month, cluster_id, team_id, project_id, billing_currency, cost from charges
    union all
    select billing_month, cluster_id, owner_team_id, owner_project_id, billing_currency, -cost
    from owned
    where teams is null
    union all
    select billing_month, cluster_id, part.teams.team_id, null, billing_currency, -part.parts
    from (
        select billing_month, cluster_id, billing_currency, explode(arrays_zip(teams, parts)) as part
        from (select *, apportion(cost, teams.units) as parts from owned where teams is not null)
    )
)

select
    billing_month,
    cluster_id,
    team_id,
    project_id,
    billing_currency,
    cast(sum(cost) as decimal(38,21)) as moved_cost
from sides
group by all
