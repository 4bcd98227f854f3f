{# Month, receiver and currency of a row. Row filters compare team_id, so only a team has one. #}
{% macro receiver() %}billing_month,
    receiver_kind,
    receiver_id,
    if(receiver_kind = 'team', receiver_id, null) as team_id,
    billing_currency{% endmacro %}

{# The id of a line, for the command explain: month, receiver, currency, letter of the breakdown, position. #}
{% macro line_id(letter) %}concat(date_format(billing_month, 'yyyy-MM'), '/', receiver_id, '/', billing_currency, '/', {{ letter }}, '-',
        lpad(position, 2, '0')){% endmacro %}
