/**
 * `npm start`: the whole thing at work on a machine with nothing but Node. Installs n8n into an ignored folder, builds and
 * packs this package, imports the templates, publishes a programme through the form of the first one, and lets a made-up shop
 * send signed webhooks through the real addresses. Prints what each member got and what went out, and leaves n8n open.
 * `npm start -- --once` ends instead, with exit code 0 only if all was as it should be.
 *
 * Calls to CRM, shops and social networks are answered on this machine and shown, not sent; so is mail.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { builtTarball } from './build.mjs';
import { fingerprintOf } from './demo/fingerprint.mjs';
import { provision } from './demo/provision.mjs';
import { report } from './demo/report.mjs';
import { readState, writeState } from './demo/state.mjs';
import { tellStory } from './demo/story.mjs';
import {
	HostInstallError,
	installHost,
	progressOf,
	startHost,
	startMailbox,
	startOutside,
	withLock,
} from './host/index.mjs';
import { InstallError, REPO, installProject } from './project.mjs';

const FOLDER = path.join(REPO, '.start');
const PACKAGE = 'n8n-nodes-loyalty';
/** Its message is for people; anything else is a fault of ours, with a stack. */
const isForPeople = (error) => error instanceof HostInstallError || error instanceof InstallError;
const once = process.argv.includes('--once');

async function templates() {
	const folder = path.join(REPO, 'workflows');
	const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => ({
			name,
			workflow: JSON.parse(await readFile(path.join(folder, name), 'utf8')),
		})),
	);
}

/** The packed package; built again only when a source has changed since the last start. */
async function currentTarball(state, progress) {
	const fingerprint = await fingerprintOf(REPO);
	if (state.fingerprint !== fingerprint || !existsSync(path.join(FOLDER, state.tarball))) {
		const tarball = await builtTarball({ progress, destination: path.join(FOLDER, 'package') });
		state.tarball = path.relative(FOLDER, tarball);
		state.fingerprint = fingerprint;
		await writeState(FOLDER, state);
	}
	return path.join(FOLDER, state.tarball);
}

async function main(progress, leave) {
	await installProject({ progress });
	const host = await installHost({ progress });
	const state = await readState(FOLDER);
	const tarball = await currentTarball(state, progress);

	const outside = await startOutside();
	leave(() => outside.stop());
	const mailbox = await startMailbox();
	leave(() => mailbox.stop());
	const n8n = await progress.step('Starting n8n', () =>
		startHost({
			host,
			outside,
			userFolder: FOLDER,
			preferredPort: 5678,
			packages: [{ name: PACKAGE, tarball }],
		}),
	);
	leave(() => n8n.dispose());

	const flow = await progress.step('Importing the templates and publishing them', async () =>
		provision({ n8n, mailbox, state, templates: await templates() }),
	);
	state.round += 1;
	await writeState(FOLDER, state);

	const story = await progress.step('A shop sends its webhooks', () =>
		tellStory({ n8n, outside, mailbox, flow, round: state.round }),
	);
	const good = report(story, (text) => progress.line(text));
	return { n8n, outside, mailbox, good };
}

/** Shows what goes out while n8n is open, so that somebody who tries a template sees what it would have sent. */
function watch({ outside, mailbox }, progress) {
	let calls = outside.calls().length;
	let mails = mailbox.mails().length;
	return setInterval(() => {
		for (const { service, method, path: where } of outside.calls().slice(calls)) {
			progress.line(`  went out: ${service} ${method} ${where}`);
			calls += 1;
		}
		for (const { to, subject } of mailbox.mails().slice(mails)) {
			progress.line(`  went out: mail to ${to.join(', ')}: ${subject}`);
			mails += 1;
		}
	}, 500);
}

async function run() {
	const progress = progressOf();
	const [major] = process.versions.node.split('.').map(Number);
	if (major < 20) {
		progress.line(`Node 20 or later is needed to start; this is ${process.version}.`);
		return 1;
	}
	const leavers = [];
	let leaving;
	const leaveAll = () => {
		leaving ??= (async () => {
			for (const leave of leavers.reverse()) await leave();
		})();
		return leaving;
	};
	let stopped;
	const interrupted = new Promise((resolve) => {
		stopped = () => resolve('interrupted');
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stopped);

	try {
		const work = main(progress, (leave) => leavers.push(leave));
		// Interrupted: whatever the work runs into once n8n is gone is no news.
		work.catch(() => {});
		const result = await Promise.race([work, interrupted]);
		if (result === 'interrupted') {
			progress.line('\nStopping …');
			return 130;
		}
		if (once) return result.good ? 0 : 1;
		const { baseUrl, client } = result.n8n;
		progress.line(
			[
				'',
				`n8n is open at ${baseUrl}`,
				`  log-in    ${client.owner.email}`,
				`  password  ${client.owner.password}`,
				'Its calls to shops, CRM and social networks are answered on this machine and shown here, not sent. Ctrl-C ends it.',
			].join('\n'),
		);
		const watching = watch(result, progress);
		await interrupted;
		clearInterval(watching);
		progress.line('\nStopping n8n …');
		return 0;
	} catch (error) {
		progress.line(isForPeople(error) ? error.message : (error.stack ?? String(error)));
		return 1;
	} finally {
		await leaveAll();
	}
}

try {
	process.exitCode = await withLock(FOLDER, 'start', run, {
		onWait(pid) {
			throw new HostInstallError(
				`The demonstration is running already (process ${pid}): look at its terminal for the address, or end it with Ctrl-C there.`,
			);
		},
	});
} catch (error) {
	console.log(isForPeople(error) ? error.message : (error.stack ?? String(error)));
	process.exitCode = 1;
}
process.exit();
