with found as (
    select
        * except (goes_on, cost_above, cause, service, item, cost, cost_before, parts, shown_by), if(goes_on, 'open', 'ended') as state,
        cost_above, cause, service, item, cost, cost_before, parts, shown_by
    from {{ ref('governance.found_incidents') }}
),

recorded as (
    select * from {{ source('ops.recorded_incidents') }}
),

acknowledged as (
    select * from {{ source('ops.acknowledged_incidents') }}
),

settled as (
    select * from recorded where state <> 'open' or incident_id in (select incident_id from acknowledged)
),

-- restated bills may give a settled incident another first day or another cost
news as (
    select * from found
    where not exists (
        select 1 from settled
        where settled.incident_id = found.incident_id
            or (
                settled.billing_currency = found.billing_currency and settled.cause = found.cause and settled.item <=> found.item
                and settled.team_id <=> found.team_id
                and settled.started_on <= found.ended_on and found.started_on <= settled.ended_on
            )
    )
),

-- what restated bills do not show any more was told nevertheless
vanished as (
    select
        * except (state, cost_above, cause, service, item, cost, cost_before, parts, shown_by), 'ended' as state,
        cost_above, cause, service, item, cost, cost_before, parts, shown_by
    from recorded
    where state = 'open' and incident_id not in (select incident_id from acknowledged)
        and incident_id not in (select incident_id from found)
),

incidents as (
    select * from settled
    union all
    select * from news
    union all
    select * from vanished
)

select
    incidents.incident_id, incidents.billing_currency, incidents.team_id, incidents.subject_kind, incidents.subject_team_id,
    incidents.subject_id, incidents.started_on, incidents.ended_on, incidents.found_on,
    if(acknowledged.incident_id is null, incidents.state, 'acknowledged') as state,
    incidents.cost_above, incidents.cause, incidents.service, incidents.item, incidents.cost, incidents.cost_before,
    incidents.parts, incidents.shown_by,
    acknowledged.is_false_alarm, acknowledged.acknowledged_by, acknowledged.acknowledged_at, acknowledged.acknowledged_why
from incidents
left join acknowledged on incidents.incident_id = acknowledged.incident_id
