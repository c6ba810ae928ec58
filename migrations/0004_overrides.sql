-- Overrides and asks to loosen a limit. Values and ceilings are millionths of the limit's unit:
-- micro-dollars where it is money.

create table overrides (
    desk_id text not null references desks (id),
    id text not null,
    limit_code text not null,
    limit_value bigint not null,
    ceiling bigint not null,
    term text not null,
    asker_id text not null,
    uses bigint not null,
    state text not null,
    is_open bigint not null,
    asked_at bigint not null,
    ends_at bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index overrides_open on overrides (desk_id, id) where is_open = 1;
