{# Money of a line to the cent, so that the lines of a partition sum to their printed total: those with the largest fractions, and of them
   the first ones, get the cents that rounding down left. #}
{% macro cents_to(total, money, apart, position) %}cast(floor({{ money }}, 2) + if(
            row_number() over (partition by {{ apart }} order by {{ money }} - floor({{ money }}, 2) desc, {{ position }})
            <= ({{ total }} - sum(floor({{ money }}, 2)) over (partition by {{ apart }})) * 100,
            0.01, 0.00
        ) as decimal(38, 2)){% endmacro %}
{# Money of a line to the cent, so that the lines of a partition sum to their rounded total. #}
{% macro cents_of(money="cost", apart="billing_month, receiver_id, billing_currency", position="position") %}{{ cents_to(total_of(money, apart), money, apart, position) }}{% endmacro %}
{% macro total_of(money, apart) %}round(sum({{ money }}) over (partition by {{ apart }}), 2){% endmacro %}
{# The part of the cost in that of all lines of the statement; null if that is zero. #}
{% macro share_of_total(apart="billing_month, receiver_id, billing_currency") %}try_cast(quotient(cost, sum(cost) over (partition by {{ apart }}), 9) as decimal(18,9)){% endmacro %}
{# The position of a line, of which the last sums all lines after the first ones. place is its rank among so many places. #}
{% macro folded(most) %}cast(if(places > {{ most }} + 1, least(place, {{ most }} + 1), place) as int){% endmacro %}
