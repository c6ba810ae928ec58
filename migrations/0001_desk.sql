-- Everything a desk knows. One text for SQLite and PostgreSQL: columns are text or bigint alone.
-- Money and prices are micro-dollars, times are Unix microseconds, ids are ULID text, booleans are
-- 0 or 1. Where a table has a `body`, it is the whole value as JSON and the truth on loading; the
-- other columns are for queries.

create table desks (
    id text not null primary key,
    number bigint not null unique,
    seq bigint not null,
    fence bigint not null,
    audit_head text not null,
    event_count bigint not null,
    outbox_count bigint not null,
    name text not null,
    account text not null unique,
    mode text not null,
    trading text not null,
    body text not null
);

create table operators (
    desk_id text not null references desks (id),
    id text not null,
    name text not null,
    role text not null,
    body text not null,
    primary key (desk_id, id)
);

create table identities (
    desk_id text not null references desks (id),
    surface text not null,
    user_id text not null,
    operator_id text not null,
    primary key (desk_id, surface, user_id)
);
create index identities_of_operator on identities (desk_id, operator_id);

create table signals (
    desk_id text not null references desks (id),
    id text not null,
    strategy text not null,
    underlying text not null,
    direction text not null,
    state text not null,
    raised_at bigint not null,
    good_until bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index signals_raised on signals (desk_id, id) where state = 'raised';
create index signals_by_time on signals (desk_id, raised_at, id);

create table tickets (
    desk_id text not null references desks (id),
    id text not null,
    revision bigint not null,
    signal_id text,
    order_id text,
    strategy text not null,
    underlying text not null,
    direction text not null,
    structure text not null,
    contracts bigint not null,
    limit_price bigint not null,
    worst_loss bigint not null,
    max_gain bigint,
    state text not null,
    offered_at bigint not null,
    expires_at bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index tickets_offered on tickets (desk_id, id) where state = 'offered';
create index tickets_by_time on tickets (desk_id, offered_at, id);

create table orders (
    desk_id text not null references desks (id),
    id text not null,
    purpose text not null,
    ticket_id text,
    position_id text not null,
    client_order_id text not null,
    broker_id text,
    attempt bigint not null,
    quantity bigint not null,
    filled bigint not null,
    limit_price bigint not null,
    bound_price bigint not null,
    tif text not null,
    state text not null,
    is_live bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index orders_live on orders (desk_id, id) where is_live = 1;
create index orders_of_position on orders (desk_id, position_id);
create index orders_of_ticket on orders (desk_id, ticket_id);

create table positions (
    desk_id text not null references desks (id),
    id text not null,
    ticket_id text not null,
    entry_id text not null,
    underlying text not null,
    structure text not null,
    entered bigint not null,
    entry_net bigint not null,
    realised bigint not null,
    fees bigint not null,
    worst_loss_per_unit bigint not null,
    state text not null,
    is_open bigint not null,
    opened_at bigint not null,
    closed_at bigint,
    body text not null,
    primary key (desk_id, id)
);
create index positions_open on positions (desk_id, id) where is_open = 1;
create index positions_by_end on positions (desk_id, closed_at, id);
create index positions_of_ticket on positions (desk_id, ticket_id);

create table executions (
    desk_id text not null references desks (id),
    id text not null,
    order_id text,
    position_id text not null,
    place bigint not null,
    instrument text not null,
    side text not null,
    quantity bigint not null,
    price bigint not null,
    fee bigint not null,
    at bigint not null,
    is_bust bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index executions_of_position on executions (desk_id, position_id, place);

create table exit_states (
    desk_id text not null references desks (id),
    position_id text not null,
    high_water bigint not null,
    confirmations bigint not null,
    body text not null,
    primary key (desk_id, position_id)
);

create table standing (
    desk_id text not null references desks (id),
    id text not null,
    signer_id text not null,
    strategy text,
    underlying text,
    per_day bigint not null,
    worst_loss_per_ticket bigint not null,
    worst_loss_per_day bigint not null,
    good_until bigint not null,
    signed_at bigint not null,
    revoked_at bigint,
    body text not null,
    primary key (desk_id, id)
);
create index standing_live on standing (desk_id, id) where revoked_at is null;

create table day_totals (
    desk_id text not null references desks (id),
    day text not null,
    entries bigint not null,
    realised bigint not null,
    fees bigint not null,
    body text not null,
    primary key (desk_id, day)
);

-- The audit chain. hash = sha256 over the previous hash (the desk's id before the first row), seq,
-- idx and body, with a line feed after each of the first three, as lower-case hex.
create table events (
    desk_id text not null references desks (id),
    seq bigint not null,
    idx bigint not null,
    at bigint not null,
    actor text not null,
    kind text not null,
    subject text not null,
    body text not null,
    hash text not null,
    primary key (desk_id, seq, idx)
);

-- Work to do outside. One row waits per dedupe_key; `attempts` counts claims and so names the
-- newest one; `claimed_seq` is the unit that claimed it, or 0.
create table outbox (
    id bigint not null primary key,
    desk_id text not null references desks (id),
    dedupe_key text not null,
    priority bigint not null,
    version bigint not null,
    attempts bigint not null,
    claimed_by text,
    claimed_until bigint not null,
    claimed_seq bigint not null,
    not_before bigint not null,
    created_at bigint not null,
    done_at bigint,
    body text not null
);
create unique index outbox_waiting on outbox (desk_id, dedupe_key) where done_at is null;
create index outbox_urgent on outbox (desk_id, priority, id) where done_at is null;
create index outbox_done on outbox (desk_id, done_at) where done_at is not null;

create table inbox (
    desk_id text not null references desks (id),
    source text not null,
    external_id text not null,
    seq bigint not null,
    at bigint not null,
    primary key (desk_id, source, external_id)
);
create index inbox_by_time on inbox (desk_id, at);

create table leases (
    desk_id text not null primary key references desks (id),
    holder text not null,
    fence bigint not null,
    until bigint not null
);

create table slots (
    desk_id text not null references desks (id),
    job text not null,
    slot bigint not null,
    holder text not null,
    claimed_at bigint not null,
    primary key (desk_id, job, slot)
);

create table cursors (
    desk_id text not null primary key references desks (id),
    cursor_text text not null
);

create table messages (
    desk_id text not null references desks (id),
    card text not null,
    surface text not null,
    message text not null,
    primary key (desk_id, card, surface)
);

-- In the order of time: a tick appends at one end, however many positions there are.
create table history (
    desk_id text not null references desks (id),
    position_id text not null,
    at bigint not null,
    unrealised bigint not null,
    realised bigint not null,
    primary key (desk_id, at, position_id)
);

-- What is alive: live orders and every order of an open position; offered tickets and those whose
-- entry order is alive.
create view living_orders as
select o.desk_id, o.id, o.body
from orders o
where o.is_live = 1
union all
select o.desk_id, o.id, o.body
from positions p
join orders o on o.desk_id = p.desk_id and o.position_id = p.id
where p.is_open = 1 and o.is_live = 0;

create view living_tickets as
select t.desk_id, t.id, t.signal_id, t.body
from tickets t
where t.state = 'offered'
union all
select t.desk_id, t.id, t.signal_id, t.body
from orders o
join tickets t on t.desk_id = o.desk_id and t.id = o.ticket_id
where o.is_live = 1 and t.state = 'confirmed'
union all
select t.desk_id, t.id, t.signal_id, t.body
from positions p
join orders o on o.desk_id = p.desk_id and o.position_id = p.id
join tickets t on t.desk_id = o.desk_id and t.id = o.ticket_id
where p.is_open = 1 and o.is_live = 0 and t.state = 'confirmed';
