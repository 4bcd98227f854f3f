{% import "macros/incidents.sql" %}with acknowledged as (
    select * from {{ source('ops.acknowledged_incidents') }}
),

found as (
    select incident_id, {{ one_incident("if(goes_on, 'open', 'ended')") }} as incident from {{ ref('governance.found_incidents') }}
),

recorded as (
    select
        recorded.incident_id, recorded.state <> 'open' or acknowledged.incident_id is not null as is_settled, recorded.incident
    from (select incident_id, state, {{ one_incident("state") }} as incident from {{ source('ops.recorded_incidents') }}) as recorded
    left join acknowledged on recorded.incident_id = acknowledged.incident_id
),

settled as (
    select incident.* from recorded where is_settled
),

-- what restated bills do not show any more was told nevertheless
incidents as (
    select
        if(coalesce(recorded.is_settled, false) or found.incident is null, recorded.incident, found.incident) as incident,
        found.incident is null as is_over,
        recorded.incident is null as is_new
    from found
    full outer join recorded on found.incident_id = recorded.incident_id
),

-- restated bills may give a settled incident another first day or another cost
told as (
    select incident.*, is_over
    from incidents
    where not is_new or not exists (
        select 1 from settled
        where settled.billing_currency = incident.billing_currency and settled.cause = incident.cause and settled.item <=> incident.item
            and settled.team_id <=> incident.team_id
            and settled.started_on <= incident.ended_on and incident.started_on <= settled.ended_on
    )
)

select
    told.incident_id,
    told.billing_currency,
    told.team_id,
    told.subject_kind,
    told.subject_team_id,
    told.subject_id,
    told.started_on,
    told.ended_on,
    told.found_on,
    case when acknowledged.incident_id is not null then 'acknowledged' when told.is_over then 'ended' else told.state end as state,
    told.cost_above,
    told.cause,
    told.service,
    told.item,
    told.cost,
    told.cost_before,
    told.parts,
    told.shown_by,
    acknowledged.is_false_alarm,
    acknowledged.acknowledged_by,
    acknowledged.acknowledged_at,
    acknowledged.acknowledged_why
from told
left join acknowledged on told.incident_id = acknowledged.incident_id
