"""The fake of Telegram as a program, started for one test and driven over its control addresses."""

import asyncio
import json
import os
import subprocess
import urllib.error
import urllib.request


class Fake:
    """A running fake. What the test orders goes through `control`."""

    def __init__(self):
        self.process = subprocess.Popen(
            [os.environ["COUNTERSIGN_FAKES"], "telegram"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the fake did not start: it ended with {self.process.wait()}")
        told = json.loads(line)
        self.address, self.token = told["address"], told["token"]
        self.bot, self.users, self.chats = told["bot"], told["users"], told["chats"]

    def stop(self):
        """Ends with its standard input."""
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()

    def control_now(self, verb, **told):
        request = urllib.request.Request(
            f"{self.address}/control/{verb}",
            data=json.dumps(told).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["error"]) from None

    async def control(self, verb, **told):
        """What a verb of the fake answers, without holding up the bot."""
        return await asyncio.to_thread(self.control_now, verb, **told)

    async def until(self, verb, seen, within=10.0, **told):
        """Asks until something is seen, and gives it."""
        deadline = asyncio.get_running_loop().time() + within
        while True:
            answer = await self.control(verb, **told)
            found = seen(answer)
            if found:
                return found
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"not seen within {within} s: {answer}")
            await asyncio.sleep(0.02)
