{# The normalised value of a canonical tag: the first of its keys that is there, its value as the configuration spells it. #}
{% macro tag(tags, canonical) %}try_element_at(transform(filter(transform(
            try_element_at(tag_keys, '{{ canonical }}'),
            k -> coalesce(try_element_at({{ tags }}, k), try_element_at({{ tags }}, concat('user:', k)))
        ), v -> v is not null and v <> ''), v -> coalesce(try_element_at(tag_values, concat('{{ canonical }}=', v)), v)), 1){% endmacro %}
{# The first rule that holds on a day. #}
{% macro rule(day, condition) %}try_element_at(filter(rules, r ->
            (r.valid_from is null or r.valid_from <= {{ day }})
            and (r.valid_to is null or {{ day }} < r.valid_to)
            and {{ condition }}), 1){% endmacro %}
