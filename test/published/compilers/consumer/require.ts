// This import is only allowed in a CommonJS module.
import konpro = require("konpro-client");
import testing = require("konpro-client/testing");
import validation = require("konpro-client/validation");

const { fetch } = testing.createMockApi();
const client: konpro.KonProClient = konpro.createKonProClient({ apiKey: "key", fetch });
client.use(validation.validateResponses());

export = (): Promise<konpro.WebhookEndpoint[]> => client.listWebhookEndpoints().then(({ data }) => data);
