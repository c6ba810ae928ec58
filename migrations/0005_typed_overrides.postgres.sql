-- The overrides with PostgreSQL's own types, as in 0002: values in the unit of their limit.

create view typed_overrides as
select desk_id, id, limit_code, dollars(limit_value) as limit_value, dollars(ceiling) as ceiling,
    term, asker_id, uses, state, is_open = 1 as is_open, instant(asked_at) as asked_at,
    instant(ends_at) as ends_at, body::jsonb as body
from overrides;
