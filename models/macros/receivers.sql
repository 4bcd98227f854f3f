{# Repeats each row of a team for each receiver (column receiver): the team, its cost centre if it has one, the company, and the project
   of the row (an expression; null if the rows have no project) if it is a receiver in the relation receivers.
   The cost centre comes from the relation teams; in a closed month, from the relation closed, with the cost centre at the time of the close. #}
{% macro received(rows, month, teams, closed, receivers, project) %}select
        {{ rows }}.*,
        explode(filter(array(
            named_struct('kind', 'team', 'id', {{ rows }}.team_id),
            named_struct('kind', 'cost_centre', 'id', concat(
                'centre.', if(closed.team_id is null, teams.cost_centre, closed.cost_centre)
            )),
            named_struct('kind', 'company', 'id', 'company.all'){% if project is not null %},
            named_struct('kind', 'project', 'id', projects.receiver_id){% endif %}
        ), each -> each.kind in ('team', 'company') or each.id is not null)) as receiver
    from {{ rows }}
    left join (
        select team_id, max(cost_centre) as cost_centre from {{ teams }} group by all
    ) as teams on teams.team_id = {{ rows }}.team_id
    left join {{ closed }} as closed on closed.team_id = {{ rows }}.team_id and closed.billing_month = {{ month }}{% if project is not null %}
    left join {{ receivers }} as projects on projects.receiver_id = concat('project.', {{ project }}){% endif %}{% endmacro %}

{# The receivers of the rows of a table, with the name of the table. #}
{% macro receivers_of(name, table) %}select '{{ name }}' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ table }}{% endmacro %}
