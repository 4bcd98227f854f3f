{% import "macros/upgraded.sql" %}
{{ upgraded(source('bronze.focus'), "focus") }}
