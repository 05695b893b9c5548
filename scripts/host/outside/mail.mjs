import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A real SMTP server on loopback that keeps what it is sent. `smtp-server` and `postal-mime` are development dependencies of
 * the repository and loaded only here, so that installing the host needs nothing but Node.
 */
export class Mailbox {
	#server;
	#mails = [];
	#failing = false;

	async start() {
		const { SMTPServer } = (await import('smtp-server')).default;
		const { default: PostalMime } = await import('postal-mime');
		this.#server = new SMTPServer({
			authOptional: true,
			disabledCommands: ['STARTTLS'],
			onAuth: (auth, _session, done) => done(null, { user: auth.username }),
			onData: (stream, session, done) => {
				if (this.#failing) {
					stream.resume();
					stream.once('end', () =>
						done(Object.assign(new Error('Try again later'), { responseCode: 451 })),
					);
					return;
				}
				this.#keep(stream, session, PostalMime).then(() => done(), done);
			},
		});
		this.#server.on('error', () => {});
		await new Promise((resolve, reject) => {
			this.#server.server.once('error', reject);
			this.#server.listen(0, '127.0.0.1', resolve);
		});
		return this;
	}

	async #keep(stream, session, PostalMime) {
		const chunks = [];
		for await (const chunk of stream) chunks.push(chunk);
		const { from, subject, text, html, messageId } = await PostalMime.parse(Buffer.concat(chunks));
		this.#mails.push({
			from: from?.address,
			to: session.envelope.rcptTo.map(({ address }) => address),
			subject,
			text,
			html,
			messageId,
		});
	}

	get port() {
		return this.#server.server.address().port;
	}

	/** What n8n's SMTP credential needs. */
	get credential() {
		return {
			user: 'shop',
			password: 'not-checked',
			host: '127.0.0.1',
			port: this.port,
			secure: false,
			disableStartTls: true,
			hostName: '',
		};
	}

	/** Mails in order of arrival: `{ from, to: [], subject, text, html }`. */
	mails({ to } = {}) {
		return this.#mails.filter((mail) => to === undefined || mail.to.includes(to));
	}

	reset() {
		this.#mails = [];
		this.#failing = false;
	}

	/** Refuses every mail with a temporary fault (451) until `heal`. */
	fail() {
		this.#failing = true;
	}

	heal() {
		this.#failing = false;
	}

	async until(count, filter, timeoutMs = 20_000) {
		const end = Date.now() + timeoutMs;
		for (;;) {
			const found = this.mails(filter);
			if (found.length >= count) return found;
			if (Date.now() > end)
				throw new Error(`${found.length} of ${count} mails came in ${timeoutMs / 1000} s`);
			await sleep(50);
		}
	}

	async stop() {
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

export async function startMailbox() {
	return await new Mailbox().start();
}
