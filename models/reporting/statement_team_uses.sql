{% import "macros/lines.sql" %}with teams as (
    select * from {{ ref('reporting.statement_lines') }}
    where breakdown = 'team' and receiver_kind in ('cost_centre', 'company')
),

uses as (
    select * from {{ ref('reporting.statement_uses') }}
),

cells as (
    select
        teams.*,
        uses.position as use_position,
        uses.used_for,
        uses.effective_cost as use_cost,
        uses.cost_shown as use_shown,
        cast(coalesce(of_team.effective_cost, 0) as decimal(38,21)) as cost_of_team
    from teams
    inner join uses
        on uses.billing_month = teams.billing_month
        and uses.receiver_id = teams.receiver_id and uses.billing_currency = teams.billing_currency
    left join uses as of_team
        on of_team.billing_month = teams.billing_month and of_team.billing_currency = teams.billing_currency
        and of_team.receiver_kind = 'team' and of_team.receiver_id <=> teams.name and teams.members = 1
        and of_team.used_for = uses.used_for
),

-- a line that sums several teams has what the teams of the other lines leave
completed as (
    select
        *,
        if(members > 1, less(use_cost, sum(cost_of_team) over (
            partition by billing_month, receiver_id, billing_currency, use_position
            rows between unbounded preceding and unbounded following
        )), cost_of_team) as cost
    from cells
),

tables as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency,
        array_sort(collect_list(struct(position, use_position, name, members, used_for, cost, cost_shown, use_shown))) as cells
    from completed
    group by all
),

tied as (
    select
        *,
        tied_cents(
            transform(cells, cell -> cell.cost),
            transform(filter(cells, cell -> cell.use_position = 1), cell -> cell.cost_shown),
            transform(filter(cells, cell -> cell.position = 1), cell -> cell.use_shown)
        ) as cents
    from tables
),

paired as (
    select billing_month, receiver_kind, receiver_id, billing_currency, explode(arrays_zip(cells, cents)) as cell
    from tied
),

named as (
    select paired.*, cell.cells.*, cell.cents as cents, names.name as team_name
    from paired
    left join {{ source('conf.receivers') }} as names on names.receiver_id = paired.cell.cells.name
)

select
    {{ receiver() }},
    position,
    use_position,
    concat(date_format(billing_month, 'yyyy-MM'), '/', receiver_id, '/', billing_currency, '/t-',
        lpad(position, 2, '0'), lpad(use_position, 2, '0')) as line_id,
    name,
    team_name,
    members,
    used_for,
    cast(cost as decimal(38,21)) as effective_cost,
    cast(cents as decimal(38,2)) as cost_shown
from named
