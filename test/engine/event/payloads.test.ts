import { parseStoreEvent, readStoreEvent, recogniseOrder } from '../../../engine/event';
import type { Reading, StoreEvent } from '../../../engine/event';
import { describeWithPayloads, type StorePayload } from '../../support/store-payloads.cjs';

function read(platform: 'shopify' | 'woocommerce', { topic, headers, raw }: StorePayload): Reading {
	return topic === null
		? recogniseOrder(JSON.parse(raw))
		: readStoreEvent({ platform, topic, headers, raw });
}

for (const platform of ['shopify', 'woocommerce'] as const) {
	describeWithPayloads(platform, `bodies that ${platform} documents or really sent`, (payloads) => {
		const byFile = new Map(payloads.map((payload) => [payload.file, payload]));
		const reading = (file: string) => {
			const payload = byFile.get(`${platform}/${file}.json`);
			if (!payload) throw new Error(`no payload ${file}`);
			return read(platform, payload);
		};
		const eventsOf = (file: string): readonly StoreEvent[] => {
			const found = reading(file);
			return 'events' in found ? found.events : [];
		};

		it('are all there', () => {
			expect(payloads.length).toBeGreaterThanOrEqual(platform === 'shopify' ? 70 : 30);
		});

		it.each(payloads.map((payload) => [payload.file, payload] as const))(
			'%s gives valid store events or a named reason',
			(_, payload) => {
				const found = read(platform, payload);
				if ('ignored' in found) {
					expect(found.ignored.code).toMatch(/^[a-z]+[a-zA-Z]+$/);
					expect(found.ignored.message).toMatch(/^[A-Z].{20,}\.$/);
					return;
				}
				expect(found.events.length).toBeGreaterThan(0);
				for (const event of found.events) {
					expect(parseStoreEvent(JSON.parse(JSON.stringify(event)))).toEqual({
						ok: true,
						value: event,
					});
				}
			},
		);

		if (platform === 'shopify') {
			it('the order of a draft with a code and an automatic discount', () => {
				expect(eventsOf('orders-create--3')).toEqual([
					expect.objectContaining({
						type: 'order.paid',
						order: expect.objectContaining({
							id: '6200407294252',
							total: 18690,
							customer: null,
							lines: [
								expect.objectContaining({ net: 7990 }) as unknown,
								expect.objectContaining({ net: 8500 }) as unknown,
							],
							shipping: { net: 2200, tax: 0 },
							warnings: [],
						}) as unknown,
					}),
				]);
			});

			it('the test notification for orders/paid pays nothing and keeps its long id', () => {
				expect(eventsOf('orders-paid--1')).toEqual([
					expect.objectContaining({
						type: 'order.cancelled',
						test: true,
						store: 'shop.myshopify.com',
						order: expect.objectContaining({ id: '820982911946154508' }) as unknown,
					}),
				]);
			});

			it('a partly refunded order is paid once and gives its refund', () => {
				expect(eventsOf('orders-resource--4')).toEqual([
					expect.objectContaining({ type: 'order.paid' }),
					expect.objectContaining({
						type: 'order.refunded',
						refund: expect.objectContaining({ id: '509562969', amount: 20900 }) as unknown,
					}),
				]);
			});

			it('a shipping refund is all shipping', () => {
				expect(eventsOf('refunds-resource--3')).toEqual([
					expect.objectContaining({
						refund: expect.objectContaining({ amount: 500, shipping: 500, lines: [] }) as unknown,
					}),
				]);
			});
		} else {
			it('two partial refunds of one completed order', () => {
				expect(eventsOf('orders-resource--5').map((event) => event.type)).toEqual([
					'order.paid',
					'order.refunded',
					'order.refunded',
				]);
			});

			it('an order paid mostly by gift cards', () => {
				expect(eventsOf('orders-resource--6')).toEqual([
					expect.objectContaining({
						order: expect.objectContaining({
							total: 2800,
							paidByCredit: { giftCard: 2400, storeCredit: 0, points: 0 },
							warnings: [],
						}) as unknown,
					}),
				]);
			});

			it('a draft with the payment date of its model is no order', () => {
				expect(reading('orders-resource--17')).toMatchObject({ ignored: { code: 'orderDraft' } });
			});
		}
	});
}
