import { memberView } from '../../../engine/member';
import { programHistory } from '../../../engine/process';
import { Programme } from '../support/programme';

describe('what a member sees', () => {
	it('of the worth of their points is what a redemption would give', async () => {
		const programme = new Programme({
			redemption: { points: 100, worth: '1', step: 10, minimum: 10 },
		});
		await programme.award(155, 'gift');
		const programs = programHistory(programme.ledger.published);
		if (programs === null) throw new Error('nothing published');
		expect(memberView(programme.state(), programs).pointsWorth).toBe('1.50');
		expect(await programme.redeem(155, 'r')).toMatchObject({ redemption: { worth: '1.50' } });
	});
});
