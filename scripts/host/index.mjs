/**
 * The real n8n, to try things in and to test with. Usage:
 *
 *   import { installHost, packPackage, startHost, startMailbox, startOutside } from './scripts/host/index.mjs';
 *
 *   const host = await installHost();                 // LOYALTY_HOST_DIR or <repo>/.host; at once when it is there
 *   const outside = await startOutside();             // records and answers HubSpot, Slack, Shopify … inside this process
 *   const mailbox = await startMailbox();             // a real SMTP server
 *   const tarball = await packPackage(repo);          // needs `npm run build` before
 *   const n8n = await startHost({ host, outside, packages: [{ name: 'n8n-nodes-loyalty', tarball }] });
 *
 *   const smtp = await n8n.client.createCredential('smtp', mailbox.credential);
 *   const flow = await n8n.client.activate(
 *     await n8n.client.importWorkflow(json, { credentials: { smtp } }));  // linked wherever a node takes that type
 *   await fetch(n8n.client.urlOf(flow, 'Webhook'), { method: 'POST', body: '{}' });
 *   const [run] = await n8n.client.untilRun(flow);
 *   (await n8n.client.execution(run.id)).items('Loyalty');                // what a node put out; 2nd argument: which output
 *   await n8n.client.rows('loyalty_ledger');                              // a Data Table by its exact name
 *   outside.calls({ service: 'hubspot' }); outside.fail('slack'); mailbox.mails();
 *   await n8n.kill(); await n8n.start();              // SIGKILL, then again on the same database
 *   await n8n.dispose(); await outside.stop(); await mailbox.stop();
 *
 * n8n's own log: `n8n.log()`. Runs on Node 20 and later; n8n itself runs on the Node 24 that `installHost` brings.
 */
export { DEFAULT_OWNER, HostClient, HostRequestError } from './client.mjs';
export { prepareCredentials, standInCredentials } from './credentials.mjs';
export { findHost, hostDir, HostInstallError, installHost } from './install.mjs';
export { startFrontDoor } from './frontDoor.mjs';
export { withLock } from './lock.mjs';
export { startMailbox } from './outside/mail.mjs';
export { startOutside } from './outside/world.mjs';
export { packPackage, placePackage } from './package.mjs';
export { progressOf, silent } from './progress.mjs';
export { freePort, startHost } from './server.mjs';
