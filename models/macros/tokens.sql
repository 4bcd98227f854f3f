{# USD per million tokens of a cost in the currency of the bill. #}
{% macro per_million(cost, tokens) %}quotient(product(product({{ cost }}, usd_rate, 21), 1000000, 15), {{ tokens }}, 21){% endmacro %}
{# USD per request of a cost in the currency of the bill. #}
{% macro per_request(cost) %}quotient(product({{ cost }}, usd_rate, 21), requests, 21){% endmacro %}
{# Splits a cost over the users of an endpoint: first their parts for input, then for cached input, then for output. Cost that no
   traffic bears stays whole. #}
{% macro over_users(cost) %}if(users is null, array({{ cost }}), apportion({{ cost }}, concat(users.of_input, users.of_cached, users.of_output))){% endmacro %}
{# The part of a user in a split cost; kind is 0 for input, 1 for cached input, 2 for output. Null if tokens have no part. #}
{% macro part_of_tokens(split, kind) %}if(users is null or not {{ by_tokens("split_by") }}, null, {{ split }}[user_number + {{ kind }} * user_count]){% endmacro %}
{# Whether input and output tokens divide a cost. Without traffic nothing does. #}
{% macro by_tokens(split_by) %}coalesce({{ split_by }}, '') not in ('requests', 'gateway_estimates'){% endmacro %}
{# The parts of a user together. #}
{% macro part_of_user(split) %}if(users is null, {{ split }}[0], plus(
            plus({{ split }}[user_number], {{ split }}[user_number + user_count]), {{ split }}[user_number + 2 * user_count]
        )){% endmacro %}
{# A ratio with nine digits; null if it does not fit. #}
{% macro ratio(part, whole) %}try_cast(quotient({{ part }}, {{ whole }}, 9) as decimal(18, 9)){% endmacro %}
{# Input tokens, of which a cached one has another weight. #}
{% macro weighted_input(uncached, cached, weight) %}plus({{ uncached }}, product(coalesce({{ cached }}, 0), {{ weight }}, 21)){% endmacro %}
{# Whether a line of economics.dated_prices has the prices of a time. #}
{% macro is_in_force(time, clock="array(daily_from, daily_to)") %}in_force(array(valid_from, valid_to, first_day), {{ clock }}, {{ time }}){% endmacro %}
{# The share of a receiver in the traffic of an endpoint: that of its cost in the whole cost of the endpoint. #}
{% macro share_of_receiver(amount, digits=9) %}cast(if(
        own_cost is null or own_cost = whole_cost, {{ amount }}, in_proportion({{ amount }}, own_cost, whole_cost)
    ) as decimal(38, {{ digits }})){% endmacro %}
