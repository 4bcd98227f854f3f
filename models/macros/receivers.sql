{# Rows of teams, each once for who receives it, in a column receiver: the team, its cost centre if it has one, the company. #}
{% macro received(rows, teams) %}select
        {{ rows }}.*,
        explode(array_compact(array(
            named_struct('kind', 'team', 'id', {{ rows }}.team_id),
            if(teams.cost_centre is null, null, named_struct('kind', 'cost_centre', 'id', concat('centre.', teams.cost_centre))),
            named_struct('kind', 'company', 'id', 'company.all')
        ))) as receiver
    from {{ rows }}
    left join (
        select team_id, max(cost_centre) as cost_centre from {{ teams }} group by team_id
    ) as teams on teams.team_id = {{ rows }}.team_id{% endmacro %}
