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
