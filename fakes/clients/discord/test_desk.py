"""A small desk in discord.py: a command, a card with buttons, a form; over cuts and limits."""

import asyncio
import io
import unittest

import discord
from discord import app_commands

from fake import Fake


class Contracts(discord.ui.Modal, title="Edit"):
    contracts = discord.ui.TextInput(label="Contracts", max_length=4, custom_id="contracts")

    async def on_submit(self, interaction):
        await interaction.response.edit_message(content=f"{self.contracts.value} contracts")


class Card(discord.ui.View):
    @discord.ui.button(label="Confirm", style=discord.ButtonStyle.success, custom_id="v1:confirm")
    async def confirm(self, interaction, _button):
        await interaction.response.edit_message(content="Confirmed", view=None)
        await interaction.followup.send("Only you see this", ephemeral=True)

    @discord.ui.button(label="Edit", custom_id="v1:edit")
    async def edit(self, interaction, _button):
        await interaction.response.send_modal(Contracts())

    @discord.ui.button(label="Why", custom_id="v1:why")
    async def why(self, interaction, _button):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Because", ephemeral=True)


class Desk(discord.Client):
    def __init__(self, guild):
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
        super().__init__(intents=intents)
        self.heard, self.resumes, self.guild = [], 0, discord.Object(id=int(guild))
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="ticket", description="Offer a ticket.", guild=self.guild)
        @app_commands.describe(symbol="What to trade")
        async def ticket(interaction, symbol: str):
            await interaction.response.send_message(f"Buy {symbol}?", view=Card(timeout=None))

        @ticket.autocomplete("symbol")
        async def symbols(_interaction, written):
            known = ["AAPL", "AMZN", "MSFT"]
            return [app_commands.Choice(name=one, value=one) for one in known if one.startswith(written)]

    async def setup_hook(self):
        await self.tree.sync(guild=self.guild)

    async def on_message(self, message):
        self.heard.append(message.content)

    async def on_resumed(self):
        self.resumes += 1


class TheDesk(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.fake = Fake()
        self.told = self.fake.told
        self.desk = Desk(self.told["guild"])
        self.running = asyncio.create_task(self.desk.start(self.told["token"]))
        await asyncio.wait_for(self.ready(), 20)

    async def ready(self):
        while not self.desk.is_ready():
            if self.running.done():
                self.running.result()
            await asyncio.sleep(0.02)

    async def asyncTearDown(self):
        try:
            state = await self.fake.does("state")
            self.assertEqual(state["violations"], [])
            self.assertEqual(state["own_mistakes"], [])
            self.assertEqual(state["rate_refusals"], {})
        finally:
            await self.desk.close()
            await asyncio.gather(self.running, return_exceptions=True)
            self.fake.end()

    async def until(self, holds, what):
        for _ in range(500):
            if holds():
                return
            await asyncio.sleep(0.02)
        self.fail(f"never: {what}")

    async def offered(self, symbol="AAPL"):
        """Alice asks for a ticket; the answer with its message."""
        asked = await self.fake.does(
            "slash", user=self.told["user"], channel=self.told["channel"], command="ticket", options={"symbol": symbol}
        )
        return await self.fake.does("answer", interaction=asked["id"])

    async def test_a_command_is_registered_and_answered_with_buttons(self):
        commands = (await self.fake.does("state"))["commands"]["guild"]
        self.assertEqual([one["name"] for one in commands], ["ticket"])
        answer = await self.offered()
        self.assertEqual((answer["kind"], answer["original"]["text"]), (4, "Buy AAPL?"))
        row = answer["original"]["message"]["components"][0]
        self.assertEqual([one["label"] for one in row["components"]], ["Confirm", "Edit", "Why"])

    async def test_a_press_edits_the_card_and_is_followed_up(self):
        message = (await self.offered())["original"]["message"]["id"]
        pressed = await self.fake.does("press", user=self.told["user"], message=message, button="Confirm")
        answer = await self.fake.does("answer", interaction=pressed["id"])
        self.assertEqual((answer["kind"], answer["original"]["text"]), (7, "Confirmed"))
        for _ in range(100):
            answer = await self.fake.does("answer", interaction=pressed["id"])
            if answer["followups"]:
                break
        self.assertEqual(answer["followups"][0]["text"], "Only you see this")
        with self.assertRaisesRegex(AssertionError, "no Confirm"):
            await self.fake.press(message, "Confirm")

    async def test_thinking_becomes_its_answer(self):
        message = (await self.offered())["original"]["message"]["id"]
        answer = await self.fake.press(message, "Why")
        self.assertEqual((answer["kind"], answer["ephemeral"]), (5, True))
        pressed = await self.fake.does("press", user=self.told["user"], message=message, button="Why")
        for _ in range(100):
            answer = await self.fake.does("answer", interaction=pressed["id"])
            if answer["original"]["text"]:
                break
        self.assertEqual(answer["original"]["text"], "Because")

    async def test_a_form_is_opened_and_sent(self):
        message = (await self.offered())["original"]["message"]["id"]
        pressed = await self.fake.does("press", user=self.told["user"], message=message, button="Edit")
        form = await self.fake.does("answer", interaction=pressed["id"])
        self.assertEqual((form["kind"], form["data"]["title"]), (9, "Edit"))
        sent = await self.fake.does(
            "submit", user=self.told["user"], opened_by=pressed["id"], values={"contracts": "3"}
        )
        answer = await self.fake.does("answer", interaction=sent["id"])
        self.assertEqual((answer["kind"], answer["original"]["text"]), (7, "3 contracts"))

    async def test_choices_are_offered_while_somebody_writes(self):
        asked = await self.fake.does(
            "autocomplete", user=self.told["user"], channel=self.told["channel"], command="ticket",
            options={"symbol": "A"}, writing="symbol",
        )
        answer = await self.fake.does("answer", interaction=asked["id"])
        self.assertEqual([one["value"] for one in answer["data"]["choices"]], ["AAPL", "AMZN"])

    async def test_a_cut_socket_is_resumed_and_nothing_is_missed(self):
        await self.fake.does("gateway", action="cut")
        await self.fake.does("say", user=self.told["user"], channel=self.told["channel"], text="while you were away")
        await self.until(lambda: self.desk.heard, "the message that was missed")
        await self.until(lambda: self.desk.resumes, "a resume")
        self.assertEqual(self.desk.heard, ["while you were away"])
        state = await self.fake.does("state")
        self.assertEqual((state["identifies"], state["resumes"]), (1, 1))
        self.assertEqual((await self.offered())["original"]["text"], "Buy AAPL?")

    async def test_the_platform_asks_for_a_reconnect(self):
        await self.fake.does("gateway", action="reconnect")
        await self.until(lambda: self.desk.resumes, "a resume")
        self.assertEqual((await self.fake.does("state"))["resumes"], 1)

    async def test_messages_with_files_embeds_threads_and_pins(self):
        channel = self.desk.get_channel(int(self.told["channel"]))
        embed = discord.Embed(title="AAPL", description="A vertical").add_field(name="Worst loss", value="$120")
        embed.set_image(url="attachment://payoff.png")
        picture = discord.File(io.BytesIO(b"PNG"), filename="payoff.png", description="the payoff")
        message = await channel.send("A card", embed=embed, file=picture, silent=True, nonce="card-1")
        self.assertEqual(message.attachments[0].size, 3)
        message = await message.edit(content="An edited card", attachments=[])
        self.assertEqual((message.content, message.attachments), ("An edited card", []))
        await message.pin()
        self.assertEqual([one.id async for one in channel.pins()], [message.id])
        thread = await message.create_thread(name="AAPL", auto_archive_duration=60)
        inside = await thread.send("in the thread")
        self.assertEqual((await thread.fetch_message(inside.id)).content, "in the thread")
        await message.unpin()
        await inside.delete()
        alice = await self.desk.fetch_user(int(self.told["user"]))
        await alice.send("for you alone")

    async def test_what_is_posted_again_under_its_nonce_is_one_message(self):
        channel = self.desk.get_channel(int(self.told["channel"]))
        posted = await channel.send("A card", nonce="card-1")
        again = await channel.send("A card", nonce="card-1")
        self.assertEqual(again.id, posted.id)
        self.assertEqual(len(await self.fake.does("messages", channel=self.told["channel"])), 1)

    async def test_a_card_in_a_thread_is_pressed_and_loses_its_buttons(self):
        channel = self.desk.get_channel(int(self.told["channel"]))
        thread = await (await channel.send("AAPL")).create_thread(name="AAPL", auto_archive_duration=60)
        card = await thread.send("Buy AAPL?", view=Card(timeout=None))
        answer = await self.fake.press(card.id, "Confirm")
        self.assertEqual((answer["kind"], answer["original"]["text"]), (7, "Confirmed"))
        self.assertEqual((await thread.fetch_message(card.id)).components, [])

    async def test_a_question_that_one_person_sees_turns_into_its_answer(self):
        @self.desk.tree.command(name="halt", description="Take no entries.")
        async def halt(interaction):
            await interaction.response.send_message("Halt?", view=Card(timeout=None), ephemeral=True)

        await self.desk.tree.sync()
        offered = (await self.fake.does("state"))["commands"]["global"]
        self.assertEqual([one["name"] for one in offered], ["halt"])
        asked = await self.fake.does(
            "slash", user=self.told["user"], channel=self.told["channel"], command="halt", options={}
        )
        question = await self.fake.does("answer", interaction=asked["id"])
        self.assertTrue(question["ephemeral"])
        answer = await self.fake.press(question["original"]["message"]["id"], "Confirm")
        self.assertEqual((answer["kind"], answer["original"]["text"]), (7, "Confirmed"))

    async def test_the_limits_are_kept_by_the_library_and_a_429_is_waited_out(self):
        channel = self.desk.get_channel(int(self.told["channel"]))
        await asyncio.gather(*(channel.send(str(index)) for index in range(7)))
        await self.fake.does("trouble", operation="create_message", kind="429", seconds=0.3)
        await channel.send("after all")
        messages = await self.fake.does("messages", channel=self.told["channel"])
        self.assertEqual(len(messages), 8)

    async def test_errors_are_told_as_the_library_knows_them(self):
        channel = self.desk.get_channel(int(self.told["channel"]))
        message = await channel.send("x")
        await message.delete()
        with self.assertRaises(discord.NotFound) as missing:
            await message.edit(content="y")
        self.assertEqual(missing.exception.code, 10008)


if __name__ == "__main__":
    unittest.main()
