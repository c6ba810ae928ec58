-- A card is shown in rooms: a surface that has but one place (`web`), or a chat or channel of a surface
-- (`telegram:-1001234567890`).

alter table messages rename column surface to room;
