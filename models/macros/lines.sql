{# Month, receiver and currency of a row. Row filters compare team_id, so only a team has one. #}
{% macro receiver(of="") %}{{ of }}billing_month,
    {{ of }}receiver_kind,
    {{ of }}receiver_id,
    if({{ of }}receiver_kind = 'team', {{ of }}receiver_id, null) as team_id,
    {{ of }}billing_currency{% endmacro %}

{# The id of a line, for the command explain: month, receiver, currency, letter of the breakdown, position. #}
{% macro line_id(letter, of="") %}concat(date_format({{ of }}billing_month, 'yyyy-MM'), '/', {{ of }}receiver_id, '/', {{ of }}billing_currency, '/', {{ letter }},
        '-', lpad({{ of }}position, 2, '0')){% endmacro %}
