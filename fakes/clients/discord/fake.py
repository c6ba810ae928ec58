"""The fake of Discord as a process of its own, and discord.py pointed at it."""

import asyncio
import json
import os
import subprocess
import urllib.error
import urllib.request

import discord
import yarl


class Fake:
    """Started by the path in COUNTERSIGN_DISCORD_FAKE; it ends with its standard input."""

    def __init__(self):
        self.process = subprocess.Popen(
            [os.environ["COUNTERSIGN_DISCORD_FAKE"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.told = json.loads(self.process.stdout.readline())
        discord.http.Route.BASE = self.told["rest"]
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self.told["gateway"])

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)

    async def does(self, verb, **asked):
        """One verb of the control interface; ids go as text."""
        return await asyncio.to_thread(self._post, verb, asked)

    def _post(self, verb, asked):
        request = urllib.request.Request(
            f"{self.told['control']}/{verb}",
            data=json.dumps(asked).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{verb}: {refused.read().decode()}") from refused

    async def press(self, message, button):
        pressed = await self.does("press", user=self.told["user"], message=str(message), button=button)
        return await self.does("answer", interaction=pressed["id"])
