{% import "macros/events.sql" %}with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
),

{{ event_charges() }}

select * from event_charges
