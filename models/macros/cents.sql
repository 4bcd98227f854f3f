{# Money of a line to the cent, so that the lines of a partition sum to their printed total: those with the largest fractions, and of them
   the first ones, get the cents that rounding down left. #}
{% macro cents_to(total, money, apart, position) %}cast(floor({{ money }}, 2) + if(
            row_number() over (partition by {{ apart }} order by {{ money }} - floor({{ money }}, 2) desc, {{ position }})
            <= ({{ total }} - sum(floor({{ money }}, 2)) over (partition by {{ apart }})) * 100,
            0.01, 0.00
        ) as decimal(38, 2)){% endmacro %}
{# Money of a line to the cent, so that the lines of a partition sum to their rounded total. #}
{% macro cents_of(money="cost", apart="billing_month, receiver_id, billing_currency", position="position") %}{{ cents_to(total_of(money, apart), money, apart, position) }}{% endmacro %}
{# Money of rows to the cent, in two steps: the groups of a statement so that they sum to its rounded total, then the rows of each group so
   that they sum to the group. Sums of these cents are the same in a table of groups and in one of rows. #}
{% macro nested_cents(rows, money, group, position, name) %}select
        * except (group_cost, rank_in_group, group_shown),
        {{ cents_to("group_shown", money, "billing_month, receiver_id, billing_currency, " + group, position) }} as {{ name }}
    from (
        select
            *,
            floor(group_cost, 2) + if(
                dense_rank() over (
                    partition by billing_month, receiver_id, billing_currency
                    order by group_cost - floor(group_cost, 2) desc, group_cost desc, {{ group }}
                ) <= (
                    {{ total_of(money, "billing_month, receiver_id, billing_currency") }}
                    - sum(if(rank_in_group = 1, floor(group_cost, 2), 0)) over (partition by billing_month, receiver_id, billing_currency)
                ) * 100, 0.01, 0.00
            ) as group_shown
        from (
            select
                *,
                sum({{ money }}) over (partition by billing_month, receiver_id, billing_currency, {{ group }}) as group_cost,
                row_number() over (partition by billing_month, receiver_id, billing_currency, {{ group }} order by {{ position }}) as rank_in_group
            from {{ rows }}
        )
    ){% endmacro %}
{# A part of money to the cent. It is printed as the whole if it is the whole, and never as more than that. #}
{% macro cents_of_part(part, whole, whole_shown) %}cast(if(
            {{ part }} = {{ whole }} or abs(round({{ part }}, 2)) > abs({{ whole_shown }}), {{ whole_shown }}, round({{ part }}, 2)
        ) as decimal(38, 2)){% endmacro %}
{% macro total_of(money, apart) %}round(sum({{ money }}) over (partition by {{ apart }}), 2){% endmacro %}
{# The part of money of a line in that of all lines of the statement; null if that is zero. #}
{% macro share_of_total(money="cost", apart="billing_month, receiver_id, billing_currency") %}try_cast(quotient({{ money }}, sum({{ money }}) over (partition by {{ apart }}), 9) as decimal(18,9)){% endmacro %}
{# The rows of a relation with their rank in their statement, or in a part of it, and the number of its rows. #}
{% macro ranked(rows, order, apart="billing_month, receiver_id, billing_currency") %}select
        *,
        row_number() over (partition by {{ apart }} order by {{ order }}) as line_rank,
        count(*) over (partition by {{ apart }}) as line_count
    from {{ rows }}{% endmacro %}
{# What a line has of the row that it stands for; null for the line of all others. #}
{% macro of_one(column) %}if(count(*) = 1, max({{ column }}), null){% endmacro %}
{# The position of a line, of which the last sums all lines after the first ones; only those for which a condition is true, if there is
   one. Needs the columns line_rank and line_count, see ranked(). #}
{% macro folded(most, only) %}cast(if(line_count > {{ most }} + 1{% if only is not null %} and {{ only }}{% endif %}, least(line_rank, {{ most }} + 1), line_rank) as int){% endmacro %}
