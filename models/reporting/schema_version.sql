select 2 as version
