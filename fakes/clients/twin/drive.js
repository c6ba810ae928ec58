// A Discord that somebody else wrote, behind the platform's own name, and people in it.
//
//   node drive.js CERTIFICATE KEY
//
// Prints one line of JSON with its address and its people, then answers each line of JSON on its
// standard input with one: {"do": "press", ...} names a deed below. It ends with its standard input.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createInterface } from 'node:readline'
import { DigitalDiscord } from 'discord-digital-twin'

const GUILD_TEXT = 0
const NAMES = ['ana', 'bo', 'mallory']
const token = 'MTA.twin.' + 'x'.repeat(30)
const twin = new DigitalDiscord({
  botToken: token,
  channels: [{ name: 'desk', type: GUILD_TEXT }],
  users: NAMES.map((username) => ({ username })),
})

// What the platform was asked, and how it was answered.
const asked = []

// What the twin lacks: that address, the other name of an application, and bodies with files.
async function passed(request) {
  const path = request.url.replace('/oauth2/applications/@me', '/applications/@me')
  if (path === '/api/v10/gateway') {
    return Response.json({ url: twin.gatewayUrl })
  }
  const parts = []
  for await (const part of request) {
    parts.push(part)
  }
  let body = parts.length > 0 ? Buffer.concat(parts) : undefined
  let type = request.headers['content-type']
  const files = []
  if (type?.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    for (const [name, file] of form) {
      if (typeof file !== 'string') {
        files.push({ name: file.name, type: file.type, size: file.size })
      } else if (name === 'payload_json') {
        body = file
      }
    }
    type = 'application/json'
  }
  const headers = { authorization: request.headers.authorization ?? '' }
  if (type) {
    headers['content-type'] = type
  }
  const url = twin.restUrl + path.slice('/api'.length)
  const answer = await fetch(url, { method: request.method, headers, body })
  asked.push({ method: request.method, path, status: answer.status, files })
  return answer
}

const [certificate, key] = process.argv.slice(2).map((file) => readFileSync(file))
const front = createServer({ cert: certificate, key }, async (request, response) => {
  try {
    const answer = await passed(request)
    const body = Buffer.from(await answer.arrayBuffer())
    const headers = Object.fromEntries(answer.headers)
    delete headers['content-encoding']
    delete headers['transfer-encoding']
    response.writeHead(answer.status, { ...headers, 'content-length': body.length }).end(body)
  } catch (error) {
    asked.push({ method: request.method, path: request.url, status: 599, files: [] })
    console.error(error)
    response.writeHead(502).end()
  }
})

await twin.start()
front.listen(0, '127.0.0.1')
await once(front, 'listening')

const people = {}
for (const user of await twin.prisma.user.findMany({ where: { bot: false } })) {
  people[user.username] = user.id
}
const channel = (await twin.prisma.channel.findFirst()).id
const place = ({ user }) => ({ channelId: channel, userId: people[user] })

const deeds = {
  asked: async () => asked,
  commands: () => twin.prisma.applicationCommand.findMany(),
  messages: () => twin.channel(channel).getMessages(),
  press: (it) => twin.simulateButtonClick({ ...place(it), messageId: it.message, customId: it.button }),
  // A form is handed in whole: what nobody wrote over stays as it was filled in.
  submit: (it) => {
    const inputs = it.form.components.flatMap((row) => row.components)
    const fields = inputs.map(({ custom_id: customId, value = '' }) => ({
      customId,
      value: it.values[customId] ?? value,
    }))
    return twin.simulateModalSubmit({ ...place(it), customId: it.form.custom_id, fields })
  },
  slash: (it) => twin.simulateSlashCommand({ ...place(it), name: it.command, options: it.options }),
  // The first answer to an interaction, once there is one.
  answer: async (it) => {
    const row = await twin.prisma.interactionResponse.findUnique({ where: { interactionId: it.id } })
    return row.acknowledged ? { type: row.type, data: JSON.parse(row.data ?? 'null') } : null
  },
}

function tell(value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

tell({ port: front.address().port, token, channel, people })
for await (const line of createInterface({ input: process.stdin })) {
  const asking = JSON.parse(line)
  try {
    tell({ told: await deeds[asking.do](asking) })
  } catch (error) {
    tell({ failed: String(error) })
  }
}
process.exit(0)
