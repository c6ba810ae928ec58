"""A bot written with aiogram lives with the fake as it does with the platform."""

import asyncio
import logging
import unittest

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.filters import Command
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)

from fake import Fake

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
)


def keyboard(*labels):
    row = [InlineKeyboardButton(text=it, callback_data=f"v1:{it.lower()}") for it in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


class Suite(unittest.IsolatedAsyncioTestCase):
    """A fake and a bot for each test; at its end nothing came that a correct client never sends."""

    expects_violations = False

    async def asyncSetUp(self):
        logging.disable(logging.CRITICAL)
        self.fake = Fake()
        self.addCleanup(self.fake.stop)
        self.bot = self.make_bot()
        self.ana, self.chats = self.fake.users["ana"], self.fake.chats

    def make_bot(self, token=None):
        session = AiohttpSession(api=TelegramAPIServer.from_base(self.fake.address), timeout=5)
        properties = DefaultBotProperties(parse_mode="HTML")
        return Bot(token or self.fake.token, session=session, default=properties)

    async def asyncTearDown(self):
        await self.bot.session.close()
        if not self.expects_violations:
            self.assertEqual(await self.fake.control("violations"), [])

    async def messages(self, chat):
        return await self.fake.control("messages", chat=chat)


class Polling(Suite):
    """A bot that polls."""

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.dispatcher = Dispatcher()

        @self.dispatcher.message(Command("ticket"))
        async def offer(message):
            await message.answer("<b>PAPER</b> SPY", reply_markup=keyboard("Confirm", "Why"))

        @self.dispatcher.callback_query(F.data == "v1:confirm")
        async def confirm(query):
            await query.message.edit_text(f"Confirmed by {query.from_user.first_name}")
            await query.answer("Confirmed", show_alert=True)

        @self.dispatcher.message(F.reply_to_message)
        async def heard(message):
            await message.reply(f"Heard: {message.text}")

    async def polls(self):
        polling = asyncio.create_task(
            self.dispatcher.start_polling(self.bot, polling_timeout=3, handle_signals=False)
        )

        async def stop():
            await self.dispatcher.stop_polling()
            await polling

        self.addAsyncCleanup(stop)

    async def test_a_command_a_press_and_an_edit(self):
        await self.polls()
        for name in ("private", "group", "supergroup"):
            chat = self.chats[name]
            await self.fake.control("send", user=self.ana, chat=chat, text="/ticket")
            card = await self.fake.until(
                "messages",
                lambda seen: next((it for it in seen if it["content"]["keyboard"]), None),
                chat=chat,
            )
            self.assertEqual(card["content"]["text"], "PAPER SPY")
            self.assertEqual(card["content"]["entities"][0]["type"], "bold")
            press = await self.fake.control(
                "press", user=self.ana, chat=chat, message=card["id"], button="Confirm"
            )
            answer = await self.fake.until(
                "presses",
                lambda seen: next(it for it in seen if it["id"] == press["id"])["answer"],
            )
            self.assertEqual((answer["text"], answer["alert"]), ("Confirmed", True))
            now = next(it for it in await self.messages(chat) if it["id"] == card["id"])
            self.assertEqual(now["content"]["text"], "Confirmed by Ana")
            self.assertIsNone(now["content"]["keyboard"])
            self.assertEqual(len(now["versions"]), 2)

    async def test_a_card_in_a_topic_is_pressed_there(self):
        await self.polls()
        forum = self.chats["forum"]
        topic = (await self.bot.create_forum_topic(forum, "SPY")).message_thread_id
        card = await self.bot.send_message(
            forum, "SPY", message_thread_id=topic, reply_markup=keyboard("Confirm")
        )
        await self.fake.control(
            "press", user=self.ana, chat=forum, message=card.message_id, button="Confirm"
        )
        edited = await self.fake.until(
            "messages",
            lambda seen: [it for it in seen if it["content"]["text"] == "Confirmed by Ana"],
            chat=forum,
        )
        self.assertEqual([(it["id"], it["thread"]) for it in edited], [(card.message_id, topic)])

    async def test_a_button_that_is_gone_cannot_be_pressed(self):
        chat = self.chats["private"]
        sent = await self.bot.send_message(chat, "Ticket", reply_markup=keyboard("Go"))
        with self.assertRaisesRegex(AssertionError, "has no button"):
            await self.fake.control(
                "press", user=self.ana, chat=chat, message=sent.message_id, button="Stop"
            )

    async def test_an_answer_to_a_message(self):
        await self.polls()
        chat = self.chats["group"]
        asked = await self.bot.send_message(chat, "How many?", reply_markup=ForceReply())
        await self.fake.control(
            "send", user=self.ana, chat=chat, text="3", reply_to=asked.message_id
        )
        await self.fake.until(
            "messages",
            lambda seen: [it for it in seen if it["content"]["text"] == "Heard: 3"],
            chat=chat,
        )

    async def test_a_poller_that_is_told_of_another_polls_on(self):
        await self.fake.control("fail", method="getUpdates", fault="conflict")
        await self.polls()
        await self.fake.control("send", user=self.ana, chat=self.chats["private"], text="/ticket")
        await self.fake.until("messages", lambda seen: seen[1:], chat=self.chats["private"])
        calls = await self.fake.control("calls")
        self.assertEqual([it["code"] for it in calls if it["method"] == "getUpdates"][0], 409)


class Answers(Suite):
    """What single calls are answered, in the types of the library."""

    async def test_who_the_bot_is_and_what_chats_tell(self):
        me = await self.bot.get_me()
        self.assertEqual((me.id, me.username), (self.fake.bot["id"], self.fake.bot["username"]))
        for name, kind in [("private", "private"), ("group", "group"), ("forum", "supergroup")]:
            chat = await self.bot.get_chat(self.chats[name])
            self.assertEqual(chat.type, kind)
        keepers = await self.bot.get_chat_administrators(self.chats["forum"])
        self.assertEqual({it.status for it in keepers}, {"creator", "administrator"})
        member = await self.bot.get_chat_member(self.chats["group"], self.fake.users["ben"])
        self.assertEqual(member.status, "member")
        info = await self.bot.get_webhook_info()
        self.assertEqual(info.url, "")

    async def test_pictures_and_documents(self):
        chat = self.chats["private"]
        await self.fake.control("limits", on=False)
        photo = BufferedInputFile(PNG, "card.png")
        sent = await self.bot.send_photo(chat, photo, caption="<i>one</i>")
        self.assertEqual((sent.photo[0].width, sent.caption), (1, "one"))
        media = InputMediaPhoto(media=BufferedInputFile(PNG + b"\0", "b.png"), caption="two")
        edited = await self.bot.edit_message_media(media, chat_id=chat, message_id=sent.message_id)
        self.assertEqual(edited.caption, "two")
        edited = await self.bot.edit_message_caption(
            chat_id=chat, message_id=sent.message_id, caption="three"
        )
        self.assertEqual(edited.caption, "three")
        sent = await self.bot.send_document(chat, BufferedInputFile(b"a,b", "a.csv"))
        self.assertEqual(sent.document.file_name, "a.csv")

    async def test_options_pins_topics_and_commands(self):
        forum = self.chats["forum"]
        topic = await self.bot.create_forum_topic(forum, "SPY")
        sent = await self.bot.send_message(
            forum,
            "Board",
            message_thread_id=topic.message_thread_id,
            disable_notification=True,
            protect_content=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        self.assertTrue(sent.is_topic_message and sent.has_protected_content)
        reply = ReplyParameters(message_id=sent.message_id)
        answer = await self.bot.send_message(forum, "Why", reply_parameters=reply)
        self.assertEqual(answer.reply_to_message.message_id, sent.message_id)
        await self.bot.pin_chat_message(forum, sent.message_id, disable_notification=True)
        self.assertEqual((await self.bot.get_chat(forum)).pinned_message.text, "Board")
        await self.bot.unpin_chat_message(forum, message_id=sent.message_id)
        await self.bot.send_chat_action(forum, "typing")
        await self.bot.delete_message(forum, answer.message_id)
        commands = [BotCommand(command="status", description="How it stands")]
        scope = BotCommandScopeAllPrivateChats()
        await self.bot.set_my_commands(commands, scope=scope, language_code="en")
        got = await self.bot.get_my_commands(scope=scope, language_code="en")
        self.assertEqual([(it.command, it.description) for it in got], [("status", "How it stands")])
        await self.bot.delete_my_commands(scope=scope, language_code="en")
        self.assertEqual(await self.bot.get_my_commands(scope=scope, language_code="en"), [])

    async def test_commands_are_offered_to_a_group_and_to_those_who_keep_it(self):
        group = self.chats["supergroup"]
        scopes = [BotCommandScopeChat(chat_id=group), BotCommandScopeChatAdministrators(chat_id=group)]
        for name, scope in zip(("status", "halt"), scopes):
            commands = [BotCommand(command=name, description="What it does")]
            await self.bot.set_my_commands(commands, scope=scope, language_code="de")
        got = [await self.bot.get_my_commands(scope=it, language_code="de") for it in scopes]
        self.assertEqual([[it.command for it in them] for them in got], [["status"], ["halt"]])

    async def test_a_topic_that_is_none_takes_no_message(self):
        with self.assertRaisesRegex(TelegramBadRequest, "message thread not found"):
            await self.bot.send_message(self.chats["forum"], "SPY", message_thread_id=4711)

    async def test_each_refusal_is_its_exception(self):
        chat, group = self.chats["private"], self.chats["group"]
        with self.assertRaisesRegex(TelegramBadRequest, "chat not found"):
            await self.bot.send_message(-77, "a")
        sent = await self.bot.send_message(chat, "a")
        with self.assertRaisesRegex(TelegramBadRequest, "message is not modified"):
            await self.bot.edit_message_text("a", chat_id=chat, message_id=sent.message_id)
        with self.assertRaisesRegex(TelegramBadRequest, "query is too old"):
            await self.bot.answer_callback_query("5")
        new = (await self.fake.control("migrate", chat=group))["chat"]
        with self.assertRaises(TelegramMigrateToChat) as caught:
            await self.bot.send_message(group, "a")
        self.assertEqual(caught.exception.migrate_to_chat_id, new)
        await self.fake.control("kick", chat=new)
        with self.assertRaisesRegex(TelegramForbiddenError, "bot was kicked"):
            await self.bot.send_message(new, "a")
        stranger = self.make_bot("7000000001:wrong")
        with self.assertRaises(TelegramUnauthorizedError):
            await stranger.get_me()
        await stranger.session.close()

    async def test_too_much_at_once_is_told_how_long_to_wait(self):
        chat = self.chats["private"]
        with self.assertRaises(TelegramRetryAfter) as caught:
            for count in range(10):
                await self.bot.send_message(chat, f"{count}")
        self.assertEqual(caught.exception.retry_after, 1)
        self.assertEqual(len(await self.messages(chat)), 3)
        await self.fake.control("limits", on=False)
        for count in range(10):
            await self.bot.send_message(chat, f"again {count}")

    async def test_ordered_faults(self):
        chat = self.chats["private"]
        for fault, exception in [
            ("internal", TelegramServerError),
            ("too_many", TelegramRetryAfter),
            ("cut", TelegramNetworkError),
            ("lose_answer", TelegramNetworkError),
            ("silence", TelegramNetworkError),
        ]:
            order = {"method": "sendMessage", "fault": fault, "retry_after": 9}
            await self.fake.control("fail", **order)
            with self.assertRaises(exception, msg=fault):
                await self.bot.send_message(chat, fault, request_timeout=1)
        sent = [it["content"]["text"] for it in await self.messages(chat)]
        self.assertEqual(sent, ["lose_answer"])

    async def test_the_second_poller_ends_the_first(self):
        first = asyncio.create_task(self.bot.get_updates(timeout=30, request_timeout=40))
        await asyncio.sleep(0.3)
        self.assertEqual(await self.bot.get_updates(timeout=0), [])
        with self.assertRaises(TelegramConflictError):
            await first


class Wrong(Suite):
    """What the library lets through and the platform does not."""

    expects_violations = True

    async def test_what_no_correct_client_sends_is_refused_and_noted(self):
        chat = self.chats["private"]
        wrong = [
            self.bot.send_message(chat, "a" * 4097),
            self.bot.send_message(chat, "<h1>a</h1>"),
            self.bot.send_message(chat, "a.", parse_mode="MarkdownV2"),
            self.bot.send_message(chat, "a", reply_markup=keyboard("x" * 64)),
            self.bot.send_message(chat, "a", reply_markup=keyboard(*"abcdefghi")),
            self.bot.answer_callback_query("5", text="a" * 201),
        ]
        for call in wrong:
            with self.assertRaises(TelegramBadRequest):
                await call
        noted = await self.fake.control("violations")
        self.assertEqual(len(noted), len(wrong), noted)


if __name__ == "__main__":
    unittest.main()
