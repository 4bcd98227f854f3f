{# The part of an interval that is within an hour, in seconds with six digits after the point. #}
{% macro seconds_within(started, ended, hour) %}cast(
    cast(unix_micros(least({{ ended }}, {{ hour }} + interval 1 hour)) - unix_micros(greatest({{ started }}, {{ hour }})) as decimal(16, 0))
    * 0.000001bd as decimal(10, 6)){% endmacro %}
{# The share of one of several nodes in a total of type decimal(30, 9). The shares add up to the total exactly: what an even division
   leaves goes to the first nodes, a billionth each. node_no counts from 0. #}
{% macro node_share(total, node_no, nodes) %}cast(
    cast(quotient({{ total }} - {{ left_over(total, nodes) }}, {{ nodes }}, 9) as decimal(30, 9))
    + if({{ billionths(node_no) }} < {{ left_over(total, nodes) }}, 0.000000001bd, 0.000000000bd)
    as decimal(38, 9)){% endmacro %}
{% macro left_over(total, nodes) %}({{ total }} % {{ billionths(nodes) }}){% endmacro %}
{% macro billionths(count) %}cast({{ count }} * 0.000000001bd as decimal(20, 9)){% endmacro %}
