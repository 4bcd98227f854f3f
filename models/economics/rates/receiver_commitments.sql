{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}{% import "macros/cents.sql" %}{% import "macros/commitments.sql" %}{% macro figure(measure) %}max(if(measure = '{{ measure }}', cost, null)) as {{ measure }}, max(if(measure = '{{ measure }}', cents, null)) as {{ measure }}_shown{% endmacro %}
with costs as (
    select * from {{ ref('economics.commitment_costs') }}
),

received as (
    {{ received("costs", "costs.billing_month", ref('economics.receivers')) }}
),

-- each cost counts for its commitment, for who used it, and for its service
items as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, part, billed_cost, contracted_cost,
        effective_cost, list_cost,
        explode(array(
            named_struct('breakdown', 'commitment', 'letter', 'j', 'commitment_id', commitment_id, 'commitment_name', commitment_name,
                'user_id', null, 'provider', provider, 'service', null),
            named_struct('breakdown', 'user', 'letter', 'q', 'commitment_id', commitment_id, 'commitment_name', commitment_name,
                'user_id', team_id, 'provider', provider, 'service', null),
            named_struct('breakdown', 'service', 'letter', 'z', 'commitment_id', null, 'commitment_name', null,
                'user_id', null, 'provider', provider, 'service', coalesce(service, ''))
        )) as item
    from received
    where receiver.kind in ('cost_centre', 'company')
),

-- usage of services is used or not covered; commitments and their users have used and unused parts
sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item,
        sum(if(part in ('used', 'fee'), effective_cost, 0)) as used,
        if(item.service is null, sum(if(part = 'unused', effective_cost, 0)), null) as unused,
        if(item.service is null, sum(billed_cost), null) as billed,
        sum(if(part = 'used', list_cost, 0)) as list,
        sum(if(part = 'used', contracted_cost, 0)) as contracted,
        if(item.service is null, null, sum(if(part = 'not_covered', effective_cost, 0))) as not_covered,
        if(item.service is null, null, sum(if(part = 'not_covered', list_cost, 0))) as not_covered_list
    from items
    where if(item.service is null, item.commitment_id is not null, part in ('used', 'not_covered'))
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency, item.breakdown
            order by used + coalesce(unused, not_covered) desc, item.commitment_id, item.user_id, item.provider, item.service
        ) as line_rank,
        count(*) over (partition by billing_month, receiver_id, billing_currency, item.breakdown) as line_count
    from sums
    where item.user_id is null or used <> 0 or unused <> 0
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item.breakdown as breakdown, item.letter as letter,
        {{ folded(10) }} as position, count(*) as members, {{ of_one("item") }} as item,
        sum(used) as used, sum(unused) as unused, sum(billed) as billed, sum(list) as list, sum(contracted) as contracted,
        sum(not_covered) as not_covered, sum(not_covered_list) as not_covered_list
    from ranked
    group by all
),

-- one row per line and measure, so that all measures are rounded in one way
measures as (
    select
        * except (used, unused, billed, list, contracted, not_covered, not_covered_list),
        stack(
            7, 'used', used, 'unused', unused, 'billed', billed, 'list', list, 'contracted', contracted, 'not_covered', not_covered,
            'not_covered_list', not_covered_list
        ) as (measure, cost)
    from folded
),

rounded as (
    select *, {{ cents_of("cost", "billing_month, receiver_id, billing_currency, breakdown, measure") }} as cents
    from measures
),

lines as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, breakdown, letter, position, members, item,
        {{ figure("used") }}, {{ figure("unused") }}, {{ figure("billed") }}, {{ figure("list") }},
        {{ figure("contracted") }}, {{ figure("not_covered") }}, {{ figure("not_covered_list") }}
    from rounded
    group by all
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    breakdown,
    letter,
    position,
    cast(members as int) as members,
    item.commitment_id,
    item.commitment_name,
    item.user_id,
    if(breakdown = 'service', item.provider, null) as provider,
    if(breakdown = 'service', nullif(item.service, ''), null) as service,
    cast(used as decimal(38,21)) as used_cost,
    cast(unused as decimal(38,21)) as unused_cost,
    cast(not_covered as decimal(38,21)) as not_covered_cost,
    billed_shown,
    used_shown,
    unused_shown,
    list_shown,
    contracted_shown,
    not_covered_shown,
    not_covered_list_shown,
    cast(list_shown - used_shown - unused_shown as decimal(38,2)) as saved_shown,
    try_cast({{ divided("used", "plus(used, unused)", 9) }} as decimal(18,9)) as utilisation_ratio,
    try_cast({{ divided("list", "plus(list, not_covered_list)", 9) }} as decimal(18,9)) as coverage_ratio,
    {{ savings_rate("list", "plus(used, unused)") }} as esr_list,
    {{ savings_rate("contracted", "plus(used, unused)") }} as esr_contracted
from lines
