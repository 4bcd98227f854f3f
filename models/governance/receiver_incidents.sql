{% import "macros/receivers.sql" %}with months as (
    select
        *,
        explode(sequence(trunc(started_on, 'month'), trunc(ended_on, 'month'), interval 1 month)) as billing_month,
        array_distinct(flatten(transform(filter(parts, part -> part.cause = cause), part -> part.resources))) as resources
    from {{ ref('governance.incidents') }}
    where is_false_alarm is not true
),

received as (
    {{ received("months", "months.billing_month", ref('economics.receivers')) }}
),

incidents as (
    select *, receiver.kind as receiver_kind, receiver.id as receiver_id from received
),

-- the line of the events of the month that states money of the same price, commitment or resource
events as (
    select
        incidents.incident_id, incidents.billing_month, incidents.receiver_id, min(events.position) as position
    from incidents
    inner join {{ ref('economics.receiver_events') }} as events
        on incidents.billing_month = events.billing_month and incidents.receiver_id = events.receiver_id
        and incidents.billing_currency = events.billing_currency
        and coalesce(events.first_day <= incidents.ended_on and events.last_day >= incidents.started_on, true)
    where case incidents.cause
        when 'price' then events.event = 'price' and contains(
            events.item_id, concat(' ', incidents.service, ' ', element_at(split(incidents.item, ' '), -1), ' ')
        )
        when 'unused_commitment' then events.event = 'unused_commitment' and events.item_id = incidents.item
        else events.event in ('new', 'ended', 'hand_over', 'without_work') and array_contains(incidents.resources, events.item_id)
    end
    group by all
)

select
    incidents.billing_month,
    incidents.receiver_kind,
    incidents.receiver_id,
    incidents.billing_currency,
    incidents.incident_id,
    incidents.team_id as owner_id,
    incidents.started_on,
    incidents.ended_on,
    incidents.found_on,
    incidents.state,
    incidents.cause,
    incidents.service,
    incidents.item,
    incidents.cost_above,
    events.position as event_position
from incidents
left join events
    on incidents.incident_id = events.incident_id and incidents.billing_month = events.billing_month
    and incidents.receiver_id = events.receiver_id
