//! A person in the chats.

use super::chat::Standing;
use super::drive::Words;
use super::fake::TelegramFake;
use super::press::Press;

/// A person in the chats. What a person could not do panics, and so fails the test.
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) fake: TelegramFake,
    pub(crate) id: i64,
}

impl Person {
    /// The person's id, which is also that of their private chat.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Writes into a chat; the message's number.
    ///
    /// # Panics
    /// When the person is not in that chat.
    #[track_caller]
    pub fn sends(&self, chat: i64, text: &str) -> i64 {
        let words = Words {
            chat,
            text,
            ..Words::default()
        };
        self.says(words)
    }

    /// Writes into a topic of a chat; the message's number.
    ///
    /// # Panics
    /// When the person is not in that chat, or it has no such topic.
    #[track_caller]
    pub fn sends_in(&self, chat: i64, topic: i64, text: &str) -> i64 {
        let words = Words {
            chat,
            text,
            thread: Some(topic),
            ..Words::default()
        };
        self.says(words)
    }

    /// Answers a message; the answer's number.
    ///
    /// # Panics
    /// When the person cannot see that message.
    #[track_caller]
    pub fn replies_to(&self, chat: i64, message: i64, text: &str) -> i64 {
        let words = Words {
            chat,
            text,
            reply_to: Some(message),
            ..Words::default()
        };
        self.says(words)
    }

    #[track_caller]
    fn says(&self, words: Words<'_>) -> i64 {
        let done = self.fake.shared.change(|world| world.says(self.id, words));
        done.unwrap_or_else(|what| panic!("{what}"))
    }

    /// Presses a button, named by its data or its label.
    ///
    /// # Panics
    /// When the message has no such button now.
    #[track_caller]
    pub fn presses(&self, chat: i64, message: i64, button: &str) -> Press {
        let pressed =
            |world: &mut super::world::World| world.presses(self.id, (chat, message), button);
        let done = self.fake.shared.change(pressed);
        done.unwrap_or_else(|what| panic!("{what}"))
    }

    /// Sends any data as a press on a message, as a client that was tampered with can.
    ///
    /// # Panics
    /// When there never was such a message.
    #[track_caller]
    pub fn forges(&self, chat: i64, message: i64, data: &str) -> Press {
        let forged = |world: &mut super::world::World| world.forges(self.id, (chat, message), data);
        let done = self.fake.shared.change(forged);
        done.unwrap_or_else(|what| panic!("{what}"))
    }

    /// Edits a message of their own.
    ///
    /// # Panics
    /// When it is not theirs.
    #[track_caller]
    pub fn rewrites(&self, chat: i64, message: i64, text: &str) {
        let rewritten =
            |world: &mut super::world::World| world.rewrites(self.id, (chat, message), text);
        let done = self.fake.shared.change(rewritten);
        done.unwrap_or_else(|what| panic!("{what}"));
    }

    /// Deletes a message, theirs or another's. Bots are not told of that.
    pub fn deletes(&self, chat: i64, message: i64) {
        self.fake
            .shared
            .change(|world| world.remove(chat, message, self.id));
    }

    /// Blocks the bot in their private chat.
    pub fn blocks_the_bot(&self) {
        self.stands(Standing::Kicked);
    }

    /// Lets the bot write to them again.
    pub fn unblocks_the_bot(&self) {
        self.stands(Standing::Member);
    }

    fn stands(&self, standing: Standing) {
        self.fake.shared.change(|world| {
            let bot = world.bot.id;
            world.open_private(self.id);
            world.set_standing(self.id, bot, standing);
        });
    }

    /// Comes into a chat.
    pub fn joins(&self, chat: i64) {
        let member = Standing::Member;
        self.fake
            .shared
            .change(|world| world.set_standing(chat, self.id, member));
    }

    /// Goes away from a chat.
    pub fn leaves(&self, chat: i64) {
        let left = Standing::Left;
        self.fake
            .shared
            .change(|world| world.set_standing(chat, self.id, left));
    }
}
