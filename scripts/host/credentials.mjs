/**
 * Credentials for the world that stands in for the outside: right in form, secret to nobody. The shop's signing secret and
 * the mail server are the caller's.
 */
export function standInCredentials({ signingSecret, mailbox }) {
	return {
		storeWebhookApi: { platform: 'shopify', signingSecrets: signingSecret },
		smtp: mailbox.credential,
		hubspotAppToken: { appToken: 'pat-stand-in' },
		pipedriveApi: { apiToken: 'stand-in' },
		slackApi: { accessToken: 'xoxb-stand-in' },
		telegramApi: { accessToken: '1:stand-in', baseUrl: 'https://api.telegram.org' },
		facebookGraphApi: { accessToken: 'EAA-stand-in' },
		shopifyAccessTokenApi: {
			shopSubdomain: 'corner-roastery',
			accessToken: 'shpat_stand_in',
			appSecretKey: '',
		},
		wooCommerceApi: {
			consumerKey: 'ck_stand_in',
			consumerSecret: 'cs_stand_in',
			url: 'https://shop.example.com',
		},
		zendeskApi: { subdomain: 'corner-roastery', email: 'help@example.com', apiToken: 'stand-in' },
		freshdeskApi: { apiKey: 'stand-in', domain: 'corner-roastery' },
		githubApi: {
			server: 'https://api.github.com',
			user: 'corner-roastery',
			accessToken: 'ghp_stand_in',
		},
		mailchimpApi: { apiKey: 'stand-in-us21' },
		discordBotApi: { botToken: 'stand-in' },
		httpHeaderAuth: { name: 'Authorization', value: 'Bearer stand-in' },
		httpBasicAuth: { user: 'corner-roastery', password: 'stand-in' },
		httpBearerAuth: { token: 'stand-in' },
	};
}

/**
 * Creates (or, by name, finds and refreshes) the credentials that the workflows ask for. Gives a map from credential type to
 * `{ id, name, type }` for `importWorkflow`.
 */
export async function prepareCredentials(client, workflows, contents) {
	const needed = new Set();
	for (const workflow of workflows) {
		for (const type of await client.credentialTypesOf(workflow)) needed.add(type);
	}
	const existing = await client.credentials();
	const prepared = {};
	for (const type of needed) {
		const data = contents[type];
		if (data === undefined) continue;
		const name = `Stand-in: ${type}`;
		const found = existing.find(
			(credential) => credential.type === type && credential.name === name,
		);
		if (found === undefined) prepared[type] = await client.createCredential(type, data, name);
		else {
			prepared[type] = { id: found.id, name, type };
			await client.updateCredential(prepared[type], data);
		}
	}
	return prepared;
}
