{# Why a charge cannot carry a tag, whatever anybody does; null if it can. docs/tags.md says what providers say of each. #}
{% macro untaggable_reason() %}case
            when ChargeCategory = 'Tax' then 'tax'
            when ChargeCategory = 'Adjustment' then 'adjustment'
            when CommitmentDiscountStatus = 'Unused' then 'commitment'
            when ChargeCategory = 'Purchase' and CommitmentDiscountId is not null then 'commitment'
            when ServiceSubcategory = 'Support' then 'support'
            when ResourceId is null and coalesce(Tags, '{}') = '{}' and AllocatedTags is null
                then if(ChargeCategory = 'Credit', 'credit', 'no_resource')
        end{% endmacro %}
{# A text without case, blanks and punctuation. Texts that are equal without them are near each other. #}
{% macro bare(text) %}regexp_replace(lower({{ text }}), '[^\\p{L}\\p{N}]', ''){% endmacro %}
{# The keys of tags with a value that are near a spelling of the key of the rule. #}
{% macro near_keys(tags) %}map_keys(map_filter(coalesce({{ tags }}, map()), (k, v) -> trim(v) <> ''
            and exists(spellings, s -> {{ bare("s") }} = {{ bare("k") }}))){% endmacro %}
{# Whether a whole text matches the pattern of the rule; true if it has none. #}
{% macro matches(text) %}({{ text }} rlike concat('^(?:', coalesce(pattern, '(?s).*'), ')$')){% endmacro %}
