{# Repeats each row of a team for each receiver (column receiver): the team, its cost centre if it has one, and the company.
   The cost centre comes from the relation teams; in a closed month, from the relation closed, with the cost centre at the time of the close. #}
{% macro received(rows, month, teams, closed) %}select
        {{ rows }}.*,
        explode(filter(array(
            named_struct('kind', 'team', 'id', {{ rows }}.team_id),
            named_struct('kind', 'cost_centre', 'id', concat(
                'centre.', if(closed.team_id is null, teams.cost_centre, closed.cost_centre)
            )),
            named_struct('kind', 'company', 'id', 'company.all')
        ), each -> each.kind <> 'cost_centre' or each.id is not null)) as receiver
    from {{ rows }}
    left join (
        select team_id, max(cost_centre) as cost_centre from {{ teams }} group by all
    ) as teams on teams.team_id = {{ rows }}.team_id
    left join {{ closed }} as closed on closed.team_id = {{ rows }}.team_id and closed.billing_month = {{ month }}{% endmacro %}
