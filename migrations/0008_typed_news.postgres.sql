-- The news with PostgreSQL's own types, as in 0002. The score of a story goes from -1, bad for the
-- price, to +1, and is null where nobody read it.

create view typed_stories as
select desk_id, id, cluster_id, source, publisher, headline, category, impact,
    instant(published_at) as published_at, instant(heard_at) as heard_at, counts = 1 as counts,
    (whole #>> '{reading,read,bullish}')::numeric - (whole #>> '{reading,read,bearish}')::numeric
        as score,
    whole #>> '{reading,read,by,name}' as read_by, whole #>> '{reading,abstained}' as unread,
    (whole ->> 'publishers')::bigint as publishers, whole as body
from stories cross join lateral (select body::jsonb as whole) as parsed;

create view typed_story_underlyings as
select desk_id, underlying, story_id, instant(published_at) as published_at
from story_underlyings;

create view typed_news_sources as
select desk_id, name, instant(heard_at) as heard_at,
    (whole ->> 'not_before')::timestamptz as not_before, (whole ->> 'taken')::bigint as taken,
    whole -> 'dropped' as dropped, whole #>> '{fault,0}' as fault, whole as body
from news_sources cross join lateral (select body::jsonb as whole) as parsed;
