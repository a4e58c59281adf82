// A robot made of DingTalk's own Stream SDK, to see that the fake is one that the SDK
// takes for DingTalk. It tells what happens on standard output, a JSON object a line,
// and ends with its standard input.
//
// Environment: SDK_DIR (with node_modules), FAKE_URL, CLIENT_ID, CLIENT_SECRET.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { SDK_DIR, FAKE_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const require = createRequire(join(SDK_DIR, 'package.json'));
const axios = require('axios');
const { DWClient, EventAck, TOPIC_CARD, TOPIC_ROBOT } = require('dingtalk-stream');

const tell = (what, more = {}) => process.stdout.write(JSON.stringify({ what, ...more }) + '\n');
console.info = console.log = console.error; // the SDK's own lines go to standard error

// The SDK has two fixed addresses: where connections are opened, and where tokens are
// had. Everything else it learns from replies.
const fixed = /^https:\/\/(api|oapi)\.dingtalk\.com(?=\/)/;
axios.interceptors.request.use((call) => {
  call.url = call.url.replace(fixed, FAKE_URL);
  if (!call.url.startsWith(FAKE_URL)) throw new Error(`a call to ${new URL(call.url).host}`);
  return call;
});

const client = new DWClient({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, ua: 'sdkcheck', keepAlive: true });

// A message: reply by its session webhook, with a mention, then acknowledge.
client.registerCallbackListener(TOPIC_ROBOT, async (frame) => {
  try {
    const message = JSON.parse(frame.data);
    const token = await client.getAccessToken();
    const reply = await axios({
      url: message.sessionWebhook,
      method: 'POST',
      responseType: 'json',
      headers: { 'x-acs-dingtalk-access-token': token },
      data: {
        msgtype: 'text',
        text: { content: `收到：${message.text.content.trim()} @${message.senderStaffId}` },
        at: { atUserIds: [message.senderStaffId], isAtAll: false },
      },
    });
    client.socketCallBackResponse(frame.headers.messageId, reply.data);
    tell('message', { id: message.msgId, from: message.senderStaffId, reply: reply.data });
  } catch (err) {
    tell('failed', { error: String(err) });
  }
});

// A press of a card's button: the card shows that it is done.
client.registerCallbackListener(TOPIC_CARD, (frame) => {
  const press = JSON.parse(frame.data);
  const { actionIds, params } = JSON.parse(press.content).cardPrivateData;
  client.socketCallBackResponse(frame.headers.messageId, {
    cardData: { cardParamMap: { state: '已确认' } },
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  });
  tell('press', { card: press.outTrackId, from: press.userId, actions: actionIds, params });
});

// An event: not the first time, then taken.
let seen = 0;
client.registerAllEventListener((frame) => {
  const status = seen++ === 0 ? EventAck.LATER : EventAck.SUCCESS;
  tell('event', { type: frame.headers.eventType, id: frame.headers.eventId, status, data: JSON.parse(frame.data) });
  return { status, message: 'sdkcheck' };
});

process.stdin.on('end', () => {
  client.disconnect();
  process.exit(0);
});
process.stdin.resume();

await client.connect();
