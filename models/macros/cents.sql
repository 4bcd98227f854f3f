{# Prepares the rows of a relation with cost and position for cents(): the lines of a statement, rounded so that they sum to the rounded
   total. A statement with several totals names the columns that tell them apart. #}
{% macro in_whole_cents(lines, apart="billing_currency") %}select
        *,
        floor(cost, 2) as whole,
        row_number() over (
            partition by billing_month, receiver_id, {{ apart }} order by cost - floor(cost, 2) desc, position
        ) as turn,
        sum(cost) over (partition by billing_month, receiver_id, {{ apart }}) as total,
        sum(floor(cost, 2)) over (partition by billing_month, receiver_id, {{ apart }}) as wholes
    from {{ lines }}{% endmacro %}
{# The cost of a line to the cent. The lines with the largest fractions get the cents that rounding down left. #}
{% macro cents() %}cast(whole + if(turn <= (round(total, 2) - wholes) * 100, 0.01, 0.00) as decimal(38,2)){% endmacro %}
{# The part of the total; null if the total is zero. #}
{% macro share_of_total() %}try_cast(quotient(cost, total, 9) as decimal(18,9)){% endmacro %}
{# The position of a line, of which the last sums all lines after the first ones. place is its rank among so many places. #}
{% macro folded(most) %}cast(if(places > {{ most }} + 1, least(place, {{ most }} + 1), place) as int){% endmacro %}
{# Money of a line to the cent, so that the lines of a partition sum to their rounded total: those with the largest fractions, and of them
   the first ones, get the cents that rounding down left. #}
{% macro cents_of(money, apart, position) %}cast(floor({{ money }}, 2) + if(
            row_number() over (partition by {{ apart }} order by {{ money }} - floor({{ money }}, 2) desc, {{ position }})
            <= (round(sum({{ money }}) over (partition by {{ apart }}), 2) - sum(floor({{ money }}, 2)) over (partition by {{ apart }})) * 100,
            0.01, 0.00
        ) as decimal(38, 2)){% endmacro %}
