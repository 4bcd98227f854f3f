{# Month, receiver and currency of a row. Row filters compare team_id, so only a team has one. #}
{% macro receiver(of="") %}{{ of }}billing_month,
    {{ of }}receiver_kind,
    {{ of }}receiver_id,
    if({{ of }}receiver_kind = 'team', {{ of }}receiver_id, null) as team_id,
    {{ of }}billing_currency{% endmacro %}

{# The id of a line, for the command explain: month, receiver, currency, letter of the breakdown, position. #}
{% macro line_id(letter, of="") %}concat(date_format({{ of }}billing_month, 'yyyy-MM'), '/', {{ of }}receiver_id, '/', {{ of }}billing_currency, '/', {{ letter }},
        '-', lpad({{ of }}position, 2, '0')){% endmacro %}

{# The only value of a column; null if the rows have several or none. #}
{% macro only_value(column) %}if(min({{ column }}) = max({{ column }}), max({{ column }}), null){% endmacro %}
{# The smallest and the largest value of rows, and the only value of rows that have these. #}
{% macro value_range(column) %}struct(min({{ column }}) as least, max({{ column }}) as most){% endmacro %}
{% macro only_of_ranges(column) %}if(min({{ column }}.least) = max({{ column }}.most), max({{ column }}.most), null){% endmacro %}
{# A value of the row with the same key in the statement of the company. #}
{% macro of_company(value, key) %}max(if(receiver_kind = 'company', {{ value }}, null)) over (partition by billing_month, billing_currency, {{ key }}){% endmacro %}
