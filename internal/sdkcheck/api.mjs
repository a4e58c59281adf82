// DingTalk's own server API SDK against the fake: a token, a message to a group and to
// a person, their read status and recall, and a card. Its client takes the endpoint as
// a setting, so nothing is rewritten. The results come as one JSON object.
//
// Environment: SDK_DIR (with node_modules), FAKE_HOST, CLIENT_ID, CLIENT_SECRET, GROUP, PERSON.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { SDK_DIR, FAKE_HOST, CLIENT_ID, CLIENT_SECRET, GROUP, PERSON } = process.env;
const require = createRequire(join(SDK_DIR, 'package.json'));
const need = createRequire(require.resolve('@alicloud/dingtalk/package.json')); // its own dependencies
const { Config } = need('@alicloud/openapi-client');
const { RuntimeOptions } = need('@alicloud/tea-util');
const config = () => new Config({ protocol: 'http', regionId: 'central', endpoint: FAKE_HOST });
const runtime = new RuntimeOptions({});

const oauth2 = require('@alicloud/dingtalk/oauth2_1_0');
const robot = require('@alicloud/dingtalk/robot_1_0');
const card = require('@alicloud/dingtalk/card_1_0');

const results = {};
const tokens = new oauth2.default(config());
const { body: token } = await tokens.getAccessToken(
  new oauth2.GetAccessTokenRequest({ appKey: CLIENT_ID, appSecret: CLIENT_SECRET }));
results.expireIn = token.expireIn;
try {
  await tokens.getAccessToken(new oauth2.GetAccessTokenRequest({ appKey: CLIENT_ID, appSecret: 'wrong' }));
} catch (err) {
  results.wrongSecret = err.code;
}

const auth = (Headers, given = token.accessToken) => new Headers({ xAcsDingtalkAccessToken: given });
const sender = new robot.default(config());
const param = JSON.stringify({ title: '提醒', text: '### 提醒\n\n请报进展' });
const group = new robot.OrgGroupSendRequest({
  robotCode: CLIENT_ID, openConversationId: GROUP, msgKey: 'sampleMarkdown', msgParam: param });
results.group = (await sender.orgGroupSendWithOptions(group, auth(robot.OrgGroupSendHeaders), runtime)).body.processQueryKey;
try {
  await sender.orgGroupSendWithOptions(group, auth(robot.OrgGroupSendHeaders, 'wrong'), runtime);
} catch (err) {
  results.wrongToken = err.code;
}
results.person = (await sender.batchSendOTOWithOptions(
  new robot.BatchSendOTORequest({ robotCode: CLIENT_ID, userIds: [PERSON, 'nobody'], msgKey: 'sampleMarkdown', msgParam: param }),
  auth(robot.BatchSendOTOHeaders), runtime)).body;
results.read = (await sender.batchOTOQueryWithOptions(
  new robot.BatchOTOQueryRequest({ robotCode: CLIENT_ID, processQueryKey: results.person.processQueryKey }),
  auth(robot.BatchOTOQueryHeaders), runtime)).body.messageReadInfoList;
results.recalled = (await sender.batchRecallOTOWithOptions(
  new robot.BatchRecallOTORequest({ robotCode: CLIENT_ID, processQueryKeys: [results.person.processQueryKey] }),
  auth(robot.BatchRecallOTOHeaders), runtime)).body.successResult;

const deck = new card.default(config());
const buttons = JSON.stringify([{ id: 'ok', text: '确认', say: '收到' }]);
results.card = (await deck.createAndDeliverWithOptions(
  new card.CreateAndDeliverRequest({
    cardTemplateId: 'demo.schema', outTrackId: 'trk-0001', callbackType: 'STREAM', userIdType: 1,
    cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { title: '提醒', state: '待确认', buttons } }),
    openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
    imGroupOpenSpaceModel: new card.CreateAndDeliverRequestImGroupOpenSpaceModel({ supportForward: true }),
    imGroupOpenDeliverModel: new card.CreateAndDeliverRequestImGroupOpenDeliverModel({ robotCode: CLIENT_ID }),
  }), auth(card.CreateAndDeliverHeaders), runtime)).body;

process.stdout.write(JSON.stringify(results) + '\n');
