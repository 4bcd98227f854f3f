with watched as (
    select
        billing_currency, measured_clusters,
        array_sort(collect_list(struct(
            usage_date, kind, team_id, service, sku, pricing_unit, commitment_id, resource_id, resource_group, model_id, quantity, cost
        ))) as lines
    from {{ ref('governance.watched_costs') }}
    group by all
),

settings as (
    select cast(max(value) as decimal(38,21)) as cost_min from {{ source('conf.settings') }} where name = 'incident_cost_min'
),

found as (
    select billing_currency, explode(watch_costs(lines, billing_currency, cost_min)) as incident from watched cross join settings
),

billed as (
    select max(last_day) as last_day from {{ ref('economics.billed_days') }}
),

-- a day that is billed today may grow tomorrow, so a run ends when it cost nothing on two days
runs as (
    select
        *, coalesce(first_day, to_date(started_at)) as started_on, coalesce(last_day, to_date(started_at)) as ended_on
    from {{ ref('governance.unapproved_runs') }}
)

select
    incident.incident_id,
    billing_currency,
    incident.owner_team_id as team_id,
    incident.subject_kind,
    incident.subject_team_id,
    incident.subject_id,
    incident.started_on,
    incident.ended_on,
    incident.found_on,
    incident.goes_on,
    incident.cost_above,
    incident.cause,
    incident.service,
    incident.item,
    incident.cost,
    incident.cost_before,
    incident.parts,
    incident.shown_by
from found

union all

select
    concat('run/', run_id) as incident_id,
    billing_currency,
    team_id,
    'run' as subject_kind,
    team_id as subject_team_id,
    run_id as subject_id,
    started_on,
    ended_on,
    greatest(started_on, coalesce(reached_on, ended_on)) as found_on,
    ended_on >= date_sub(billed.last_day, 1) as goes_on,
    cost as cost_above,
    'unapproved' as cause,
    cast(null as string) as service,
    run_id as item,
    cost,
    cast(0 as decimal(38,21)) as cost_before,
    array(named_struct(
        'cause', 'unapproved', 'team_id', team_id, 'from_team_id', cast(null as string), 'to_team_id', cast(null as string),
        'service', cast(null as string), 'item', run_id, 'resources', cast(array() as array<string>), 'change', cost
    )) as parts,
    array(named_struct('kind', 'run', 'team_id', team_id, 'id', run_id)) as shown_by
from runs
cross join billed
